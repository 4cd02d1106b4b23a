-- Every row but those of the deployment belongs to one account, and says so itself: no query needs a join to stay inside it.
-- Times are timestamptz; enumerations are text with a check, so that a row is readable as it is.

create extension if not exists pg_trgm;

create table deployment (
    singleton boolean primary key default true check (singleton),
    id uuid not null,
    created_at timestamptz not null
);

create table account (
    id uuid primary key,
    slug text not null constraint account_slug unique check (slug ~ '^[a-z0-9][a-z0-9-]{0,39}$'),
    name text not null,
    default_holder_id uuid not null,
    created_at timestamptz not null
);

create table holder (
    id uuid primary key,
    account_id uuid not null references account (id) deferrable initially deferred,
    name text not null,
    root_fingerprint text,
    created_at timestamptz not null,
    constraint holder_name unique (account_id, name)
);

alter table account add foreign key (default_holder_id) references holder (id) deferrable initially deferred;

-- account_id is null for the deployment administrator alone.
create table credential (
    id uuid primary key,
    account_id uuid references account (id),
    name text not null,
    role text not null check (role in ('ADMIN', 'OWNER', 'OPERATOR', 'VIEWER', 'AGENT', 'GATEWAY')),
    holder_id uuid references holder (id),
    value_hash bytea not null unique,
    value_hint text not null,
    created_at timestamptz not null,
    last_used_at timestamptz,
    revoked_at timestamptz,
    check ((role = 'ADMIN') = (account_id is null)),
    check ((role = 'AGENT') = (holder_id is not null))
);
create index credential_account on credential (account_id, id);

create table model (
    id uuid primary key,
    account_id uuid not null references account (id),
    name text not null,
    description text not null default '',
    status text not null check (status in ('ACTIVE', 'INACTIVE')),
    encryption_profile jsonb not null,
    profile_digest text not null,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    version bigint not null default 0,
    -- Histories tell of deleted models and tokens, so their rows stay; a deleted one is found by no query but theirs.
    deleted_at timestamptz
);
create unique index model_name on model (account_id, name) where deleted_at is null;
create index model_account on model (account_id, id) where deleted_at is null;

create table token (
    id uuid primary key,
    account_id uuid not null references account (id),
    name text not null,
    note text not null default '',
    status text not null check (status in ('ACTIVE', 'SUSPENDED', 'CANCELED')),
    custody text not null check (custody in ('AGENT', 'HOLDER')),
    holder_id uuid not null references holder (id),
    model_id uuid references model (id),
    generation bigint not null default 0,
    active_generation bigint,
    -- Null once deleted: the value is dead, whoever asks.
    value_hash bytea unique,
    value_hint text not null,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    last_used_at timestamptz,
    version bigint not null default 0,
    deleted_at timestamptz,
    check ((deleted_at is null) = (value_hash is not null)),
    check (model_id is not null or active_generation is null),
    check (deleted_at is null or model_id is null)
);
create index token_account on token (account_id, id) where deleted_at is null;
create index token_by_name on token (account_id, lower(name), id) where deleted_at is null;
-- How many tokens a model has is counted here and stored nowhere: a counter on the model's row would make every
-- assignment to one model wait for the others.
create index token_model on token (model_id, id) where model_id is not null;
create index token_name on token using gin (lower(name) gin_trgm_ops) where deleted_at is null;
create index token_unassigned_name on token (account_id, lower(name) text_pattern_ops, id)
    where model_id is null and deleted_at is null;

-- History: which model a token belonged to, from when to when.
create table assignment (
    account_id uuid not null references account (id),
    token_id uuid not null references token (id),
    model_id uuid not null references model (id),
    generation bigint not null,
    assigned_at timestamptz not null,
    ended_at timestamptz,
    ended_because text check (ended_because in ('REASSIGNED', 'UNASSIGNED', 'CANCELED', 'DELETED')),
    primary key (token_id, generation)
);
-- A token has at most one assignment, whatever the code above believes.
create unique index assignment_present on assignment (token_id) where ended_at is null;

create table evaluation_key (
    id uuid primary key,
    account_id uuid not null references account (id),
    token_id uuid not null references token (id),
    model_id uuid not null references model (id),
    holder_id uuid not null references holder (id),
    generation bigint not null,
    state text not null check (state in ('REQUESTED', 'GENERATING', 'READY', 'FAILED', 'SUPERSEDED', 'REVOKED')),
    -- The profile this key is for; a model may get another one later.
    encryption_profile jsonb not null,
    profile_digest text not null,
    custody text not null check (custody in ('AGENT', 'HOLDER')),
    attempt integer not null default 0,
    claimed_by text,
    lease_until timestamptz,
    progress_percent integer not null default 0 check (progress_percent between 0 and 100),
    size_bytes bigint,
    sha256 text,
    root_fingerprint text,
    holder_mac text,
    parts jsonb not null default '[]',
    -- Where the bytes are in the key store; null when there are none (yet, or any more).
    stored_as text,
    failure text,
    requested_at timestamptz not null,
    -- When the request was last announced to workers; the sweeper announces it again when nobody takes it up.
    announced_at timestamptz not null,
    claimed_at timestamptz,
    ready_at timestamptz,
    generation_millis bigint,
    ended_at timestamptz,
    unique (token_id, generation)
);
create index evaluation_key_account on evaluation_key (account_id, id);
create index evaluation_key_state on evaluation_key (account_id, state, id);
create index evaluation_key_model on evaluation_key (account_id, model_id, id);
create index evaluation_key_of_holder on evaluation_key (account_id, holder_id, id);
create index evaluation_key_model_holder on evaluation_key (model_id, holder_id);
create index evaluation_key_open on evaluation_key (state, announced_at) where state in ('REQUESTED', 'GENERATING');
create index evaluation_key_revoked on evaluation_key (ended_at) where stored_as is not null and state = 'REVOKED';
create index evaluation_key_to_delete on evaluation_key (ended_at) where stored_as is not null and ended_at is not null;

-- A resumable upload of one attempt. The staged file's name is the id; its length is the offset.
create table upload (
    id uuid primary key,
    account_id uuid not null references account (id),
    evaluation_key_id uuid not null references evaluation_key (id),
    attempt integer not null,
    size_bytes bigint not null,
    created_at timestamptz not null,
    unique (evaluation_key_id, attempt)
);

-- token_id and model_id without references: the trail outlives what it tells of.
create table audit (
    id bigint generated always as identity primary key,
    account_id uuid not null,
    at timestamptz not null,
    by_credential uuid,
    by_name text not null,
    action text not null,
    token_id uuid,
    model_id uuid,
    request_id text,
    before jsonb,
    after jsonb
);
create index audit_account on audit (account_id, id);

-- An event waits here, committed with its change, until the relay has it acknowledged by the broker. Rows of one record key are
-- inserted under the lock of the row they tell of, so their ids rise in commit order; rows of different keys may commit
-- in any order, which is why the relay asks for unpublished rows and not for rows above a mark.
create table outbox (
    id bigint generated always as identity primary key,
    event_id uuid not null,
    account_id uuid not null references account (id),
    topic text not null,
    record_key text not null,
    type text not null,
    subject text not null,
    at timestamptz not null,
    trace_parent text,
    data text not null,
    attempts integer not null default 0,
    last_error text,
    parked_at timestamptz,
    published_at timestamptz
);
create index outbox_waiting on outbox (id) where published_at is null and parked_at is null;
create index outbox_parked on outbox (id) where parked_at is not null;
create index outbox_published on outbox (published_at) where published_at is not null;
