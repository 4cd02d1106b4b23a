-- Counts what people change about a key holder or an account: their ETag.
alter table holder add column version bigint not null default 0;
alter table account add column version bigint not null default 0;

-- Tokens in the order of their end, page by page.
drop index token_by_expiry;
create index token_by_expiry on token (account_id, expires_at, id) where deleted_at is null;
