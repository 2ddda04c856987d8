create table resource_claim (
  organization_id text not null,
  customer_id text not null,
  subscription_id text not null,
  resource_id text not null,
  subscription_feature_id text not null,
  id text not null,
  external_id text,
  metadata jsonb,
  claimed_at bigint not null,
  released_at bigint,
  release_reason text,
  created_at bigint not null,
  updated_at bigint not null,
  primary key (organization_id, subscription_id, id),
  foreign key (organization_id, subscription_id) references subscription,
  foreign key (organization_id, resource_id) references resource
);
create unique index resource_claim_external on resource_claim
  (organization_id, subscription_id, resource_id, external_id) where released_at is null and external_id is not null;

create table webhook_endpoint (
  organization_id text not null references organization,
  id text not null,
  url text not null,
  secret text not null check (secret like 'whsec\_%'),
  event_types text[] not null,
  active boolean not null default true,
  created_at bigint not null,
  primary key (organization_id, id)
);

create table webhook_event (
  organization_id text not null,
  id text not null,
  type text not null,
  payload jsonb not null,
  created_at bigint not null,
  primary key (organization_id, id)
);

create table webhook_delivery (
  organization_id text not null,
  event_id text not null,
  endpoint_id text not null,
  status text not null check (status in ('pending', 'delivered', 'failed')),
  attempts integer not null default 0,
  -- Deliveries are timed by the machine's clock: a receiver checks our timestamp against its own.
  next_attempt_at bigint,
  last_status integer,
  last_error text,
  delivered_at bigint,
  primary key (organization_id, event_id, endpoint_id),
  foreign key (organization_id, event_id) references webhook_event,
  foreign key (organization_id, endpoint_id) references webhook_endpoint,
  check ((status = 'pending') = (next_attempt_at is not null))
);
create index webhook_delivery_due on webhook_delivery (next_attempt_at) where status = 'pending';

-- What a developer asked the backend to get wrong; one row per organisation.
create table dev_fault (
  organization_id text primary key references organization,
  failing_payments integer not null default 0 check (failing_payments >= 0),
  down boolean not null default false,
  latency_ms integer not null default 0 check (latency_ms between 0 and 60000),
  duplicate_deliveries boolean not null default false
);
