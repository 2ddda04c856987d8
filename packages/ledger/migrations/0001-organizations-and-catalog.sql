-- Every table starts with organization_id: tenants never meet, and the data can be sharded by it.
-- Instants are epoch milliseconds (bigint), as Flowglad's API has them; they come from the ledger's clock, never from
-- the database's. Money is integer minor units.

create table organization (
  id text primary key,
  name text not null,
  created_at bigint not null
);

create table api_key (
  -- SHA-256 of the key: the key itself is never stored.
  key_hash bytea primary key check (octet_length(key_hash) = 32),
  organization_id text not null references organization,
  name text not null,
  created_at bigint not null,
  revoked_at bigint
);

-- One row: how far the books are ahead of the machine's clock. Time only ever moves forward.
create table clock (
  only_row boolean primary key default true check (only_row),
  offset_ms bigint not null default 0 check (offset_ms >= 0)
);
insert into clock default values;

create table pricing_model (
  organization_id text not null references organization,
  id text not null,
  name text not null,
  is_default boolean not null,
  -- The file it was last set up from; the same file again changes nothing.
  file_checksum text,
  created_at bigint not null,
  updated_at bigint not null,
  primary key (organization_id, id)
);
create unique index pricing_model_default on pricing_model (organization_id) where is_default;

create table usage_meter (
  organization_id text not null,
  id text not null,
  pricing_model_id text not null,
  slug text not null,
  name text not null,
  aggregation_type text not null check (aggregation_type in ('sum', 'count_distinct_properties')),
  position integer not null default 0,
  created_at bigint not null,
  updated_at bigint not null,
  primary key (organization_id, id),
  foreign key (organization_id, pricing_model_id) references pricing_model,
  unique (organization_id, pricing_model_id, slug)
);

create table resource (
  organization_id text not null,
  id text not null,
  pricing_model_id text not null,
  slug text not null,
  name text not null,
  active boolean not null default true,
  created_at bigint not null,
  updated_at bigint not null,
  primary key (organization_id, id),
  foreign key (organization_id, pricing_model_id) references pricing_model,
  unique (organization_id, pricing_model_id, slug)
);

create table product (
  organization_id text not null,
  id text not null,
  pricing_model_id text not null,
  slug text not null,
  name text not null,
  description text,
  image_url text,
  singular_quantity_label text,
  plural_quantity_label text,
  active boolean not null default true,
  is_default boolean not null default false,
  position integer not null default 0,
  created_at bigint not null,
  updated_at bigint not null,
  primary key (organization_id, id),
  foreign key (organization_id, pricing_model_id) references pricing_model,
  unique (organization_id, pricing_model_id, slug)
);
create unique index product_default on product (organization_id, pricing_model_id) where is_default;

create table price (
  organization_id text not null,
  id text not null,
  pricing_model_id text not null,
  product_id text,
  usage_meter_id text,
  type text not null check (type in ('subscription', 'single_payment', 'usage')),
  slug text not null,
  name text,
  active boolean not null default true,
  is_default boolean not null default true,
  unit_price bigint not null check (unit_price between 0 and 2147483647),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  interval_unit text check (interval_unit in ('day', 'week', 'month', 'year')),
  interval_count integer check (interval_count between 1 and 1000),
  trial_period_days integer check (trial_period_days >= 0),
  usage_events_per_unit integer check (usage_events_per_unit >= 1),
  created_at bigint not null,
  updated_at bigint not null,
  primary key (organization_id, id),
  foreign key (organization_id, pricing_model_id) references pricing_model,
  foreign key (organization_id, product_id) references product,
  foreign key (organization_id, usage_meter_id) references usage_meter,
  unique (organization_id, pricing_model_id, slug),
  check ((type = 'usage') = (usage_meter_id is not null)),
  check ((type = 'usage') = (product_id is null)),
  check ((type = 'usage') = (usage_events_per_unit is not null)),
  check ((type = 'single_payment') = (interval_unit is null)),
  check ((interval_unit is null) = (interval_count is null))
);

create table feature (
  organization_id text not null,
  id text not null,
  pricing_model_id text not null,
  type text not null check (type in ('toggle', 'usage_credit_grant', 'resource')),
  slug text not null,
  name text not null,
  description text not null,
  active boolean not null default true,
  amount integer check (amount >= 1),
  usage_meter_id text,
  renewal_frequency text check (renewal_frequency in ('once', 'every_billing_period')),
  resource_id text,
  position integer not null default 0,
  created_at bigint not null,
  updated_at bigint not null,
  primary key (organization_id, id),
  foreign key (organization_id, pricing_model_id) references pricing_model,
  foreign key (organization_id, usage_meter_id) references usage_meter,
  foreign key (organization_id, resource_id) references resource,
  unique (organization_id, pricing_model_id, slug),
  check ((type = 'toggle') = (amount is null)),
  check ((type = 'usage_credit_grant') = (usage_meter_id is not null)),
  check ((type = 'usage_credit_grant') = (renewal_frequency is not null)),
  check ((type = 'resource') = (resource_id is not null))
);

create table product_feature (
  organization_id text not null,
  id text not null,
  product_id text not null,
  feature_id text not null,
  position integer not null default 0,
  expired_at bigint,
  created_at bigint not null,
  updated_at bigint not null,
  primary key (organization_id, id),
  foreign key (organization_id, product_id) references product,
  foreign key (organization_id, feature_id) references feature,
  unique (organization_id, product_id, feature_id)
);
