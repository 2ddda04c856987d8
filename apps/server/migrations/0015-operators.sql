-- Who was made an operator and who was not any more, by whom and why. The newest row of a user counts. Only a command on the connection of
-- the database's owner writes here: the server's own roles may read it and nothing else.
create table auth_operator_change (
  id bigint generated always as identity primary key,
  -- Without a reference: what was done stays known after its account is gone.
  user_id text not null,
  email text not null,
  change text not null check (change in ('added', 'removed')),
  changed_by text not null check (changed_by <> ''),
  reason text not null check (length(btrim(reason)) between 3 and 500),
  changed_at timestamptz not null default now()
);
create index auth_operator_change_user on auth_operator_change (user_id, id desc);

create function auth_operator_change_kept() returns trigger
language plpgsql as $$
begin
  raise exception 'who was an operator stays recorded' using errcode = 'check_violation', constraint = 'auth_operator_change_append_only';
end
$$;

create trigger auth_operator_change_kept before update or delete on auth_operator_change
for each row execute function auth_operator_change_kept();

create trigger auth_operator_change_not_emptied before truncate on auth_operator_change
for each statement execute function auth_operator_change_kept();
