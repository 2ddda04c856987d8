-- Keys with which programs act as the account that made them. The secret is nowhere: it has 256 random bits, so a plain hash of it
-- cannot be guessed.
create table auth_api_key (
  id uuid primary key,
  user_id text not null references auth_user (id) on delete cascade,
  name text not null,
  -- The last characters of the secret, to recognize it by.
  hint text not null,
  secret_hash bytea not null,
  -- What it may call and spend; null for everything that is sold.
  procedures text[],
  meters text[],
  created_at timestamptz not null default now(),
  expires_at timestamptz,
  last_used_at timestamptz,
  revoked_at timestamptz,
  constraint auth_api_key_secret unique (secret_hash)
);
create index auth_api_key_user on auth_api_key (user_id, created_at);

-- Every server forgets a revoked key at once, as it forgets a session that ended.
create function auth_api_key_ended() returns trigger
language plpgsql as $$
begin
  perform pg_notify('auth_user_changed', old.user_id);
  return null;
end
$$;

create trigger auth_api_key_revoked after update on auth_api_key
for each row when (
  (new.revoked_at, new.expires_at, new.procedures, new.meters)
  is distinct from (old.revoked_at, old.expires_at, old.procedures, old.meters)
)
execute function auth_api_key_ended();

create trigger auth_api_key_deleted after delete on auth_api_key
for each row execute function auth_api_key_ended();
