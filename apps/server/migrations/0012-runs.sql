-- Runs: what a key, or another run, gives a part of its budget to. Its scope is here; its credits are limits of metering. A row goes
-- a day after the run.
create table auth_run (
  id uuid primary key,
  key_id uuid not null references auth_api_key (id) on delete cascade,
  -- The runs above it, the first one first.
  ancestors uuid[] not null,
  secret_hash bytea not null,
  -- What it may call, null for what its key may; and what it may spend.
  procedures text[],
  meters text[] not null,
  created_at timestamptz not null default now(),
  -- Never after that of its key or of a run above it.
  expires_at timestamptz not null,
  ended_at timestamptz,
  constraint auth_run_secret unique (secret_hash)
);
create index auth_run_open on auth_run (key_id, expires_at) where ended_at is null;
create index auth_run_expiry on auth_run (expires_at);
