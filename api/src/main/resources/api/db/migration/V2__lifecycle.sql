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
