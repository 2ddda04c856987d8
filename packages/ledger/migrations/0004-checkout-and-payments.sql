create table checkout_session (
  organization_id text not null,
  customer_id text not null,
  id text not null,
  pricing_model_id text not null,
  type text not null check (type in ('product', 'add_payment_method', 'activate_subscription')),
  status text not null check (status in ('open', 'pending', 'succeeded', 'failed', 'expired')),
  price_id text,
  quantity integer not null check (quantity between 1 and 1000000),
  success_url text not null,
  cancel_url text not null,
  output_name text,
  output_metadata jsonb,
  target_subscription_id text,
  provider_reference text,
  expires_at bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  primary key (organization_id, id),
  foreign key (organization_id, customer_id) references customer,
  check ((type = 'product') = (price_id is not null)),
  check (type <> 'activate_subscription' or target_subscription_id is not null)
);
-- The hosted page knows only the session's unguessable id.
create unique index checkout_session_id on checkout_session (id);

create table payment (
  organization_id text not null,
  customer_id text not null,
  id text not null,
  reason text not null check (reason in ('checkout', 'start', 'renewal', 'adjustment')),
  status text not null check (status in ('pending', 'succeeded', 'failed', 'refunded')),
  amount bigint not null check (amount >= 1),
  currency text not null,
  refunded_amount bigint not null default 0 check (refunded_amount between 0 and amount),
  subscription_id text,
  checkout_session_id text,
  billing_period_id text,
  invoice_id text,
  failure text,
  provider_reference text,
  -- Grows when a failed payment is tried again, with another method; the provider charges once per attempt.
  attempt integer not null default 1,
  -- When a pending payment is collected; later after a provider that did not answer.
  next_attempt_at bigint,
  -- What a successful payment still has to bring about, for reasons that need more than the columns above.
  detail jsonb,
  created_at bigint not null,
  updated_at bigint not null,
  primary key (organization_id, customer_id, id),
  foreign key (organization_id, customer_id) references customer,
  check ((status = 'pending') = (next_attempt_at is not null))
);
create index payment_pending on payment (organization_id, customer_id) where status = 'pending';

create table invoice (
  organization_id text not null,
  customer_id text not null,
  id text not null,
  invoice_number text not null,
  type text not null check (type in ('subscription', 'purchase', 'standalone')),
  status text not null check (status in ('open', 'paid', 'void', 'uncollectible', 'refunded', 'partially_refunded')),
  currency text not null,
  subtotal bigint not null check (subtotal >= 0),
  pricing_model_id text not null,
  subscription_id text,
  purchase_id text,
  billing_period_id text,
  period_start bigint,
  period_end bigint,
  created_at bigint not null,
  updated_at bigint not null,
  primary key (organization_id, customer_id, id),
  foreign key (organization_id, customer_id) references customer
);

create table invoice_line (
  organization_id text not null,
  customer_id text not null,
  invoice_id text not null,
  id text not null,
  price_id text,
  description text,
  price bigint not null,
  quantity integer not null,
  created_at bigint not null,
  primary key (organization_id, customer_id, invoice_id, id),
  foreign key (organization_id, customer_id, invoice_id) references invoice
);

create table purchase (
  organization_id text not null,
  customer_id text not null,
  id text not null,
  price_id text not null,
  price_type text not null,
  status text not null check (status in ('open', 'pending', 'failed', 'paid', 'refunded', 'partial_refund')),
  name text not null,
  quantity integer not null,
  first_invoice_value bigint not null,
  pricing_model_id text not null,
  payment_id text,
  metadata jsonb,
  purchased_at bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  primary key (organization_id, customer_id, id),
  foreign key (organization_id, customer_id) references customer
);
