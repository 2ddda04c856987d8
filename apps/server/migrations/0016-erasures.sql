-- Customers whose person was deleted. What says who they were is removed elsewhere soon after, and until that is done the row is due; then
-- it is the record that it was.
create table erasure (
  customer_id text primary key,
  requested_at timestamptz not null default now(),
  due_at timestamptz default now(),
  attempts integer not null default 0
);
create index erasure_due on erasure (due_at) where due_at is not null;
