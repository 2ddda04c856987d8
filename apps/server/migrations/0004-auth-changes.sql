-- Every server forgets at once what it remembers of a user whose session ended, or who is another customer now.
create function auth_session_ended() returns trigger
language plpgsql as $$
begin
  perform pg_notify('auth_user_changed', old."userId");
  return null;
end
$$;

create trigger auth_session_ended after delete on auth_session
for each row execute function auth_session_ended();

create trigger auth_session_shortened after update on auth_session
for each row when (new."expiresAt" < old."expiresAt" or new.token <> old.token or new."userId" <> old."userId")
execute function auth_session_ended();

create function auth_user_changed() returns trigger
language plpgsql as $$
begin
  perform pg_notify('auth_user_changed', old.id);
  return null;
end
$$;

create trigger auth_user_changed after update on auth_user
for each row when (
  (new.name, new.email, new."customerId", new."isAnonymous")
  is distinct from (old.name, old.email, old."customerId", old."isAnonymous")
)
execute function auth_user_changed();

create trigger auth_user_deleted after delete on auth_user
for each row execute function auth_user_changed();
