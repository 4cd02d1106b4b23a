-- A job about the tokens of a model, or about those of a key holder whose root key was rotated.
alter table model_job rename to token_job;
alter index model_job_open rename to token_job_open;
alter index model_job_of_model rename to token_job_of_model;
alter table token_job
    alter column model_id drop not null,
    add column holder_id uuid references holder (id),
    add constraint token_job_about check (num_nonnulls(model_id, holder_id) = 1),
    drop constraint model_job_kind_check,
    add constraint token_job_kind_check check (kind in ('RENEW_KEYS', 'UNASSIGN_TOKENS', 'CANCEL_MOVES', 'ROTATE_ROOT_KEY'));
create index token_job_of_holder on token_job (holder_id) where finished_at is null;

create index token_of_holder on token (holder_id, id) where model_id is not null;
create index evaluation_key_waiting_of_holder on evaluation_key (holder_id)
    where custody = 'AGENT' and state in ('REQUESTED', 'GENERATING');
