-- A key of an organization has no user: it pays from the organization's balance, also when the member who made it has left.
alter table auth_api_key
  alter column user_id drop not null,
  add column organization_id text references auth_organization (id) on delete cascade,
  add constraint auth_api_key_owner check ((user_id is null) <> (organization_id is null));
create index auth_api_key_organization on auth_api_key (organization_id, created_at) where organization_id is not null;

create or replace function auth_api_key_ended() returns trigger
language plpgsql as $$
begin
  perform pg_notify('auth_user_changed', coalesce(old.user_id, 'organization:' || old.organization_id));
  return null;
end
$$;
