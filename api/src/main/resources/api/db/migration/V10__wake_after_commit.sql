-- The relay is woken after the commit, by who has committed, and no longer from within: a transaction that notifies makes all others that
-- notify wait until it is on disk.
create or replace function publish_access(account uuid, wanted_key text, wanted jsonb, until timestamptz) returns void language plpgsql as $$
declare
    next_revision bigint;
begin
    if exists (select from access_record where record_key = wanted_key and data = wanted) then
        return;
    end if;
    insert into access_record (record_key, account_id, revision, data, valid_until)
    values (wanted_key, account, 0, wanted, until)
    on conflict (record_key) do update set data = wanted, valid_until = coalesce(until, access_record.valid_until);
    -- Only now that the row is ours.
    next_revision := nextval(pg_get_serial_sequence('outbox', 'id'));
    update access_record set revision = next_revision where record_key = wanted_key;
    insert into outbox (id, event_id, account_id, topic, record_key, type, subject, at, data) overriding system value
    select next_revision, gen_random_uuid(), a.id, 'keyswitch.' || a.slug || '.access', wanted_key, 'dev.keyswitch.access.v1', wanted_key,
        clock_timestamp(), (wanted || jsonb_build_object('revision', next_revision))::text
    from account a where a.id = account;
end $$;
