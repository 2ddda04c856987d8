-- Which account a guest signed in to: the results that the guest paid for can be fetched there for as long as they are kept.
create table auth_guest_takeover (
  guest_customer_id text primary key,
  customer_id text not null,
  taken_over_at timestamptz not null default now()
);
create index auth_guest_takeover_customer on auth_guest_takeover (customer_id, taken_over_at);
create index auth_guest_takeover_age on auth_guest_takeover (taken_over_at);
