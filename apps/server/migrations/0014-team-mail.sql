-- E-mail about an invitation or a request, recorded with it in one transaction and delivered at least once, always under its own id.
create table auth_mail (
  mail_id uuid primary key default gen_random_uuid(),
  invitation_id text unique references auth_invitation (id) on delete cascade,
  request_id uuid references auth_purchase_request (id) on delete cascade,
  -- Who is asked; an invitation goes to the address that it names.
  recipient_id text references auth_user (id) on delete cascade,
  -- When it is tried next; null once it was delivered or given up.
  due_at timestamptz default now(),
  attempts integer not null default 0,
  delivered_at timestamptz,
  failure text,
  unique (request_id, recipient_id),
  constraint auth_mail_about check ((invitation_id is null) <> (request_id is null)),
  constraint auth_mail_recipient check ((request_id is null) = (recipient_id is null))
);
create index auth_mail_due on auth_mail (due_at) where due_at is not null;
create index auth_mail_of_recipient on auth_mail (recipient_id);

create function auth_mail_invitation() returns trigger
language plpgsql as $$
begin
  insert into auth_mail (invitation_id) values (new.id);
  return null;
end
$$;

create trigger auth_invitation_mailed after insert on auth_invitation
for each row execute function auth_mail_invitation();

create function auth_mail_request() returns trigger
language plpgsql as $$
begin
  insert into auth_mail (request_id, recipient_id)
  select new.id, m."userId" from auth_member m
  where m."organizationId" = new.organization_id and m.role in ('owner', 'billing') and m."userId" <> new.user_id;
  return null;
end
$$;

create trigger auth_purchase_request_mailed after insert on auth_purchase_request
for each row execute function auth_mail_request();
