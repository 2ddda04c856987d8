-- What Flowglad told us by webhook. An id stands here for longer than its sender repeats it, so that it is acted upon once.
create table flowglad_event (
  id text primary key,
  customer_id text not null,
  received_at timestamptz not null default now(),
  -- When its customer is to be read from the backend; null once that is done.
  due_at timestamptz default now()
);

create index flowglad_event_due on flowglad_event (due_at) where due_at is not null;
create index flowglad_event_age on flowglad_event (received_at);
