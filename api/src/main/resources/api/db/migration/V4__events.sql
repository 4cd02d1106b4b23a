-- How often a relay has begun to publish. Positions of a later term are higher than all of the earlier ones.
create table relay (
    singleton boolean primary key default true check (singleton),
    term bigint not null
);
insert into relay (term) values (0);

-- How often workers gave this key up, and when they did last: failed keys are asked for again, ever more slowly, and not for ever.
alter table evaluation_key
    add column failures integer not null default 0,
    add column failed_at timestamptz;
create index evaluation_key_failed on evaluation_key (failed_at) where state = 'FAILED';
create index evaluation_key_lease on evaluation_key (lease_until) where state = 'GENERATING';

-- What model servers that decide by themselves are told, as it stands: one row per token value that was ever assigned, and one per
-- model. Written by the triggers below in the transaction of whatever changes a decision, so no code path can forget it.
create table access_record (
    record_key text primary key,
    account_id uuid not null references account (id),
    -- The id of the outbox row that tells of it; only rises, for it is taken under the lock of what it tells of.
    revision bigint not null,
    data jsonb not null,
    -- When the value is of no use any more, whatever happened; null for models. Before that nothing is forgotten: a reader must not
    -- come to believe in an older record.
    valid_until timestamptz
);
create index access_record_over on access_record (valid_until) where valid_until is not null;

create function publish_access(account uuid, wanted_key text, wanted jsonb, until timestamptz) returns void language plpgsql as $$
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
    perform pg_notify('keyswitch_outbox', '');
end $$;

create function publish_access_of_token(wanted_token uuid) returns void language plpgsql as $$
declare
    t token;
    key_id uuid;
    facts jsonb;
    value_key text;
    previous_until timestamptz;
begin
    -- Held already by whoever changes a token or its keys.
    select * into t from token where id = wanted_token for update;
    if t.value_hash is null then
        return;
    end if;
    value_key := encode(t.value_hash, 'hex');
    if t.model_id is null and not exists (select from access_record where record_key = value_key) then
        return;
    end if;
    select k.id into key_id from evaluation_key k
    where k.token_id = t.id and k.generation = t.active_generation and k.model_id = t.model_id and k.state = 'READY';
    facts := jsonb_build_object('tokenId', t.id, 'status', t.status, 'modelId', t.model_id, 'evaluationKeyId', key_id);
    perform publish_access(t.account_id, value_key,
        facts || jsonb_build_object('expiresAt', floor(extract(epoch from t.expires_at) * 1000)::bigint), t.expires_at);
    -- A value that rolling replaced stays good for a while.
    if t.previous_value_hash is not null then
        previous_until := least(t.expires_at, t.previous_value_until);
        perform publish_access(t.account_id, encode(t.previous_value_hash, 'hex'),
            facts || jsonb_build_object('expiresAt', floor(extract(epoch from previous_until) * 1000)::bigint), t.expires_at);
    end if;
end $$;

create function token_changed_access() returns trigger language plpgsql as $$
declare
    former text;
    present token;
begin
    perform publish_access_of_token(new.id);
    if tg_op = 'UPDATE' then
        select * into present from token where id = new.id;
        foreach former in array array[encode(old.value_hash, 'hex'), encode(old.previous_value_hash, 'hex')] loop
            if former is not null
                    and former is distinct from encode(present.value_hash, 'hex')
                    and former is distinct from encode(present.previous_value_hash, 'hex')
                    and exists (select from access_record where record_key = former) then
                perform publish_access(new.account_id, former, jsonb_build_object('tokenId', new.id, 'status', 'ENDED'), null);
            end if;
        end loop;
    end if;
    return null;
end $$;

create function key_changed_access() returns trigger language plpgsql as $$
begin
    perform publish_access_of_token(new.token_id);
    return null;
end $$;

-- A suspended account answers nothing: none of its models does.
create function access_status_of(m model) returns text language sql stable as $$
    select case when m.deleted_at is not null then 'DELETED' when a.suspended_at is not null then 'INACTIVE' else m.status end
    from account a where a.id = m.account_id
$$;

create function publish_access_of_model(wanted_model uuid) returns void language plpgsql as $$
declare
    m model;
begin
    select * into m from model where id = wanted_model for update;
    perform publish_access(m.account_id, 'model:' || m.id, jsonb_build_object('modelId', m.id, 'status', access_status_of(m)), null);
end $$;

create function model_changed_access() returns trigger language plpgsql as $$
begin
    perform publish_access_of_model(new.id);
    return null;
end $$;

create function account_changed_access() returns trigger language plpgsql as $$
begin
    perform publish_access_of_model(id) from model where account_id = new.id and deleted_at is null order by id;
    return null;
end $$;

-- Deferred: run at the end of the transaction, when everything in it is as it will be.
create constraint trigger token_access_insert after insert on token
    deferrable initially deferred for each row when (new.model_id is not null) execute function token_changed_access();
create constraint trigger token_access after update on token
    deferrable initially deferred for each row when (
        old.status <> new.status or old.expires_at <> new.expires_at or old.model_id is distinct from new.model_id
        or old.active_generation is distinct from new.active_generation or old.value_hash is distinct from new.value_hash
        or old.previous_value_hash is distinct from new.previous_value_hash)
    execute function token_changed_access();
create constraint trigger evaluation_key_access after update on evaluation_key
    deferrable initially deferred for each row when (old.state <> new.state and 'READY' in (old.state, new.state))
    execute function key_changed_access();
create constraint trigger model_access_insert after insert on model
    deferrable initially deferred for each row execute function model_changed_access();
create constraint trigger model_access after update on model
    deferrable initially deferred for each row when (old.status <> new.status or old.deleted_at is distinct from new.deleted_at)
    execute function model_changed_access();

create constraint trigger account_access after update on account
    deferrable initially deferred for each row when (old.suspended_at is distinct from new.suspended_at)
    execute function account_changed_access();

-- What there is already.
select publish_access_of_model(id) from model;
select publish_access_of_token(id) from token where model_id is not null;
