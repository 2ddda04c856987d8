-- Better Auth's tables of organizations under our names; the columns keep the spelling that library expects.

create table auth_organization (
  id text primary key,
  name text not null,
  slug text not null unique,
  logo text,
  metadata text,
  -- Who pays for what its members do, and where the billing backend writes to.
  "customerId" text not null unique check ("customerId" ~ '^[A-Za-z0-9_-]{1,64}$'),
  "billingEmail" text not null,
  "createdAt" timestamptz not null default now()
);

create table auth_member (
  id text primary key,
  "organizationId" text not null references auth_organization (id) on delete cascade,
  "userId" text not null references auth_user (id) on delete cascade,
  role text not null check (role in ('owner', 'billing', 'member', 'viewer')),
  "createdAt" timestamptz not null default now(),
  unique ("organizationId", "userId")
);
create index auth_member_user on auth_member ("userId");

create table auth_invitation (
  id text primary key,
  "organizationId" text not null references auth_organization (id) on delete cascade,
  email text not null,
  role text not null check (role in ('owner', 'billing', 'member', 'viewer')),
  status text not null default 'pending',
  "expiresAt" timestamptz not null,
  "createdAt" timestamptz not null default now(),
  "inviterId" text not null references auth_user (id) on delete cascade
);
create index auth_invitation_organization on auth_invitation ("organizationId", status);
create index auth_invitation_email on auth_invitation (email);

-- What a session acts for; null for the user's own account. Whether it still may is read with every call.
alter table auth_session add column "activeOrganizationId" text;

-- What a member asks the owners to buy, once a day.
create table auth_purchase_request (
  id uuid primary key default gen_random_uuid(),
  organization_id text not null references auth_organization (id) on delete cascade,
  user_id text references auth_user (id) on delete set null,
  meter text,
  asked_at timestamptz not null default now(),
  asked_on date not null default (now() at time zone 'utc')::date,
  resolved_at timestamptz,
  unique (organization_id, user_id, asked_on)
);
create index auth_purchase_request_open on auth_purchase_request (organization_id, asked_at) where resolved_at is null;

-- Every server ends the streams of a member that has left, and of a session that acts for another customer now.
create function auth_member_changed() returns trigger
language plpgsql as $$
begin
  perform pg_notify('auth_user_changed', old."userId");
  return null;
end
$$;

create trigger auth_member_changed after update or delete on auth_member
for each row execute function auth_member_changed();

create trigger auth_session_switched after update on auth_session
for each row when (new."activeOrganizationId" is distinct from old."activeOrganizationId")
execute function auth_session_ended();

-- Two owners who leave at the same time would each see the other: they wait for each other at the organization's row.
create function auth_organization_keeps_owner() returns trigger
language plpgsql as $$
begin
  perform from auth_organization where id = old."organizationId" for update;
  if found and not exists (
    select from auth_member where "organizationId" = old."organizationId" and role = 'owner'
  ) then
    raise exception 'an organization keeps an owner' using errcode = 'check_violation';
  end if;
  return null;
end
$$;

create trigger auth_member_keeps_owner after update of role or delete on auth_member
for each row when (old.role = 'owner') execute function auth_organization_keeps_owner();
