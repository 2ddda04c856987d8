create table customer (
  organization_id text not null references organization,
  id text not null,
  external_id text not null check (external_id ~ '^[A-Za-z0-9_-]{1,64}$'),
  pricing_model_id text not null,
  email text not null,
  name text not null,
  archived boolean not null default false,
  domain text,
  icon_url text,
  logo_url text,
  user_id text,
  billing_address jsonb,
  invoice_number_base text not null,
  invoices_made integer not null default 0,
  -- When something has to happen to this customer by itself (a period ends, a payment waits); null when nothing does.
  due_at bigint,
  created_at bigint not null,
  updated_at bigint not null,
  primary key (organization_id, id),
  foreign key (organization_id, pricing_model_id) references pricing_model
);
-- An archived customer frees its external id for a new one.
create unique index customer_external_id on customer (organization_id, external_id) where not archived;
create index customer_due on customer (due_at) where due_at is not null;
create index customer_listing on customer (organization_id, created_at, id);

create table payment_method (
  organization_id text not null,
  customer_id text not null,
  id text not null,
  type text not null check (type in ('card', 'link', 'us_bank_account', 'sepa_debit')),
  is_default boolean not null,
  billing_details jsonb not null,
  payment_method_data jsonb not null,
  pricing_model_id text not null,
  provider_reference text,
  created_at bigint not null,
  updated_at bigint not null,
  primary key (organization_id, customer_id, id),
  foreign key (organization_id, customer_id) references customer
);
create unique index payment_method_default on payment_method (organization_id, customer_id) where is_default;

create table subscription (
  organization_id text not null,
  customer_id text not null,
  id text not null,
  pricing_model_id text not null,
  price_id text not null,
  name text not null,
  status text not null check (status in
    ('trialing', 'active', 'past_due', 'cancellation_scheduled', 'incomplete', 'canceled')),
  is_free_plan boolean not null,
  do_not_charge boolean not null default false,
  interval_unit text not null check (interval_unit in ('day', 'week', 'month', 'year')),
  interval_count integer not null check (interval_count >= 1),
  -- Periods are counted from the anchor, so that 31 January renews on 31 March again.
  anchor_at bigint not null,
  period_index integer not null default 0 check (period_index >= 0),
  period_id text not null,
  period_start bigint not null,
  period_end bigint not null,
  trial_end bigint,
  started_at bigint not null,
  canceled_at bigint,
  cancel_scheduled_at bigint,
  cancellation_reason text,
  replaced_by_subscription_id text,
  scheduled_items jsonb,
  scheduled_adjustment_at bigint,
  payment_method_id text,
  metadata jsonb,
  created_at bigint not null,
  updated_at bigint not null,
  primary key (organization_id, id),
  foreign key (organization_id, customer_id) references customer,
  check (period_end > period_start),
  check ((scheduled_items is null) = (scheduled_adjustment_at is null)),
  check ((status = 'canceled') = (canceled_at is not null)),
  check ((status = 'cancellation_scheduled') = (cancel_scheduled_at is not null and canceled_at is null))
);
create index subscription_of_customer on subscription (organization_id, customer_id, created_at desc, id);
-- A customer has at most one subscription in force.
create unique index subscription_current on subscription (organization_id, customer_id)
  where status in ('trialing', 'active', 'past_due', 'cancellation_scheduled');

create table subscription_item (
  organization_id text not null,
  customer_id text not null,
  subscription_id text not null,
  id text not null,
  price_id text not null,
  name text,
  unit_price bigint not null check (unit_price >= 0),
  quantity integer not null check (quantity between 1 and 1000000),
  added_at bigint not null,
  expired_at bigint,
  manually_created boolean not null default false,
  metadata jsonb,
  created_at bigint not null,
  updated_at bigint not null,
  primary key (organization_id, subscription_id, id),
  foreign key (organization_id, subscription_id) references subscription,
  foreign key (organization_id, price_id) references price
);

create table subscription_feature (
  organization_id text not null,
  customer_id text not null,
  subscription_id text not null,
  subscription_item_id text not null,
  id text not null,
  feature_id text not null,
  product_feature_id text,
  type text not null check (type in ('toggle', 'usage_credit_grant', 'resource')),
  amount bigint check (amount >= 1),
  usage_meter_id text,
  renewal_frequency text check (renewal_frequency in ('once', 'every_billing_period')),
  resource_id text,
  expired_at bigint,
  detached_at bigint,
  detached_reason text,
  manually_created boolean not null default false,
  created_at bigint not null,
  updated_at bigint not null,
  primary key (organization_id, subscription_id, id),
  foreign key (organization_id, subscription_id, subscription_item_id) references subscription_item,
  foreign key (organization_id, feature_id) references feature
);

create table billing_period (
  organization_id text not null,
  customer_id text not null,
  subscription_id text not null,
  id text not null,
  starts_at bigint not null,
  ends_at bigint not null,
  trial boolean not null default false,
  created_at bigint not null,
  primary key (organization_id, subscription_id, id),
  foreign key (organization_id, subscription_id) references subscription,
  unique (organization_id, subscription_id, starts_at),
  check (ends_at > starts_at)
);
