-- What a call with an Idempotency-Key was answered, for 24 hours. The answer can be read only with the key itself, of which this has
-- the hash alone. Without a reference to the credential: an insert would lock its row, and calls of one credential are many.
create table kept_answer (
    credential_id uuid not null,
    key_hash bytea not null,
    fingerprint bytea not null,
    answer bytea not null,
    kept_at timestamptz not null,
    primary key (credential_id, key_hash)
);
create index kept_answer_old on kept_answer (kept_at);

-- The trail is read by time, newest first, whatever else is asked. Every filter has an index: a rare action in a long trail is found
-- without reading the trail.
drop index audit_account;
create index audit_by_time on audit (account_id, at, id);
create index audit_of_token on audit (token_id, at, id) where token_id is not null;
create index audit_of_model on audit (model_id, at, id) where model_id is not null;
create index audit_by_action on audit (account_id, action, at, id);
create index audit_by_credential on audit (by_credential, at, id) where by_credential is not null;
create index audit_by_name on audit (account_id, by_name, at, id);

-- Where an event stands among those of its account: given when it is published, only rising; the id of server-sent events.
alter table outbox add column position bigint;
create unique index outbox_position on outbox (account_id, position) where position is not null;
