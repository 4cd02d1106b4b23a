-- When tokens were used last: apart from their rows, which change only when somebody changes them. So use touches no index of tokens, and their
-- pages stay known as visible to all, which walking names needs below. No foreign key: it would wait for whoever changes the token.
create table token_use (
    token_id uuid primary key,
    used_at timestamptz not null
) with (fillfactor = 85);
insert into token_use select id, last_used_at from token where last_used_at is not null;
alter table token drop column last_used_at;

-- With the name in it, an index is all that a walk reads: a hundred names per page instead of one.
drop index token_by_name;
drop index token_unassigned_by_name;
drop index token_shuffled;
drop index token_unassigned_shuffled;
create index token_by_name on token (account_id, (lower(name) collate "C"), id) include (name) where deleted_at is null;
create index token_unassigned_by_name on token (account_id, (lower(name) collate "C"), id) include (name)
    where model_id is null and deleted_at is null;
create index token_shuffled on token (account_id, uuid_hash(id), id) include (name) where deleted_at is null;
create index token_unassigned_shuffled on token (account_id, uuid_hash(id), id) include (name)
    where model_id is null and deleted_at is null;

-- The planner uses no statistics of partial indexes, and these take most of the time of an ANALYZE.
alter index token_grams alter column 2 set statistics 0;
alter index token_unassigned_grams alter column 2 set statistics 0;
