-- What the overview counts and no index served: the few tokens that are not active, and the keys that became ready lately.
create index token_not_active on token (account_id, status) where status <> 'ACTIVE' and deleted_at is null;
create index evaluation_key_ready on evaluation_key (account_id, ready_at) where ready_at is not null;
