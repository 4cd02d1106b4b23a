-- Moves that wait for their key, rolled values, expiry events, durable jobs of models, bound gateways, account settings.

alter table token
    -- A move to another model that waits for its evaluation key: the key of this generation.
    add column pending_model_id uuid references model (id),
    add column pending_generation bigint,
    add column pending_since timestamptz,
    -- After a roll, the value before works until then.
    add column previous_value_hash bytea unique,
    add column previous_value_until timestamptz,
    -- What was said about the present expires_at: nothing yet, that it comes near, that it is over.
    add column expiry_told text not null default 'NOTHING' check (expiry_told in ('NOTHING', 'EXPIRING', 'EXPIRED')),
    add check ((pending_model_id is null) = (pending_generation is null)),
    add check ((pending_model_id is null) = (pending_since is null)),
    add check (pending_model_id is null or (model_id is not null and model_id <> pending_model_id)),
    add check ((previous_value_hash is null) = (previous_value_until is null)),
    add check (deleted_at is null or previous_value_hash is null);

create index token_pending_model on token (pending_model_id, id) where pending_model_id is not null;
create index token_expiring on token (expires_at) where deleted_at is null and expiry_told = 'NOTHING';
create index token_expired on token (expires_at) where deleted_at is null and expiry_told <> 'EXPIRED';

-- Set while tokens are still assigned to a model that is to be deleted; nothing is assigned to it any more.
alter table model add column deletion_requested_at timestamptz;

-- What a change of a model means for each of its tokens, done token by token. Whoever works on a job holds its row.
create table model_job (
    id uuid primary key,
    account_id uuid not null references account (id),
    model_id uuid not null references model (id),
    kind text not null check (kind in ('RENEW_KEYS', 'UNASSIGN_TOKENS', 'CANCEL_MOVES')),
    requested_at timestamptz not null,
    by_credential uuid,
    by_name text not null,
    request_id text,
    trace_parent text,
    -- Tokens up to this one are done.
    after_token uuid not null default '00000000-0000-0000-0000-000000000000',
    total bigint not null,
    done bigint not null default 0,
    attempts integer not null default 0,
    next_attempt_at timestamptz not null,
    last_error text,
    finished_at timestamptz
);
create index model_job_open on model_job (next_attempt_at) where finished_at is null;
create index model_job_of_model on model_job (model_id) where finished_at is null;

-- Search by any part of a name (docs/decisions/0020). Orders are those of the code points ("C"), whatever the database's own.
create extension if not exists btree_gin;

-- All parts of one, two and three characters.
create function name_grams(name text) returns text[] language sql immutable strict parallel safe
    return (
        select coalesce(array_agg(distinct substr(name, start, size)), '{}')
        from generate_series(1, length(name)) start, generate_series(1, 3) size
        where start + size - 1 <= length(name));

drop index token_by_name;
drop index token_name;
drop index token_unassigned_name;
create index token_by_name on token (account_id, (lower(name) collate "C"), id) where deleted_at is null;
create index token_unassigned_by_name on token (account_id, (lower(name) collate "C"), id)
    where model_id is null and deleted_at is null;
-- The same tokens in an order that has nothing to do with their names: a sample, however far one walks.
create index token_shuffled on token (account_id, uuid_hash(id), id) where deleted_at is null;
create index token_unassigned_shuffled on token (account_id, uuid_hash(id), id) where model_id is null and deleted_at is null;
create index token_grams on token using gin (account_id, name_grams(lower(name))) where deleted_at is null;
create index token_unassigned_grams on token using gin (account_id, name_grams(lower(name)))
    where model_id is null and deleted_at is null;
create index token_unassigned on token (account_id, id) where model_id is null and deleted_at is null;
create index token_by_expiry on token (account_id, expires_at) where deleted_at is null;

alter table account
    add column suspended_at timestamptz,
    add column token_lifetime_days integer not null default 30 check (token_lifetime_days between 1 and 365);

-- The models a GATEWAY may ask about and have keys of; a GATEWAY without any row here: all of its account.
create table credential_model (
    credential_id uuid not null references credential (id),
    model_id uuid not null references model (id),
    primary key (credential_id, model_id)
);
