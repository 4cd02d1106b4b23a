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
