-- What was moved from one customer to another, once per key; a moved subscription is the same contract under a new id.
create table customer_move (
  organization_id text not null references organization,
  idempotency_key text not null check (length(idempotency_key) between 1 and 200),
  from_customer_id text not null,
  to_customer_id text not null,
  created_at bigint not null,
  primary key (organization_id, idempotency_key),
  foreign key (organization_id, from_customer_id) references customer,
  foreign key (organization_id, to_customer_id) references customer,
  check (from_customer_id <> to_customer_id)
);
create index customer_move_target on customer_move (organization_id, to_customer_id);

-- An invoice goes with its customer, and its lines with the invoice.
alter table invoice_line drop constraint invoice_line_organization_id_customer_id_invoice_id_fkey;
alter table invoice_line add foreign key (organization_id, customer_id, invoice_id) references invoice on update cascade;

-- Reconciliation lists a customer's events by when the work was settled.
create index usage_event_settled on usage_event (organization_id, customer_id, usage_date, id);
