alter table alert_preference
  add column language text not null default 'en' check (language in ('en', 'de')),
  add column email boolean not null default true,
  add column webhook_url text,
  -- Signs what is posted there.
  add column webhook_secret text,
  add constraint alert_preference_webhook check ((webhook_url is null) = (webhook_secret is null));

-- Announced alerts on their way to a person. Recorded with the alert; delivered at least once, always under the alert's own id.
create table alert_delivery (
  alert_id text not null references alert on delete cascade,
  channel text not null check (channel in ('email', 'webhook')),
  -- When it is tried next; null once it was delivered or given up.
  due_at timestamptz default now(),
  attempts integer not null default 0,
  delivered_at timestamptz,
  failure text,
  primary key (alert_id, channel)
);
create index alert_delivery_due on alert_delivery (due_at) where due_at is not null;
