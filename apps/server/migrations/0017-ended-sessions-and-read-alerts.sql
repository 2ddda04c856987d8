-- Streams of a session end with it, and not with an API key of the same user, which is notified by the user's id alone. That goes out
-- first, so that no one is believed any more when a stream is opened again.
create or replace function auth_session_ended() returns trigger
language plpgsql as $$
begin
  perform pg_notify('auth_user_changed', old."userId");
  perform pg_notify('auth_user_changed', 'sessions:' || old."userId");
  return null;
end
$$;

create or replace function auth_user_changed() returns trigger
language plpgsql as $$
begin
  perform pg_notify('auth_user_changed', old.id);
  perform pg_notify('auth_user_changed', 'sessions:' || old.id);
  return null;
end
$$;

create or replace function auth_member_changed() returns trigger
language plpgsql as $$
begin
  perform pg_notify('auth_user_changed', old."userId");
  perform pg_notify('auth_user_changed', 'sessions:' || old."userId");
  return null;
end
$$;

-- What each member of an organization has read for itself; where a person is the customer, `alert.read_at` says it.
create table alert_read (
  alert_id text not null references alert (alert_id) on delete cascade,
  user_id text not null references auth_user (id) on delete cascade,
  read_at timestamptz not null default now(),
  primary key (alert_id, user_id)
);
create index alert_read_user on alert_read (user_id);
