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
