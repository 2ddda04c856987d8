-- The keys of charged operations whose rows have aged out, and what these were charged for when that was a result. The backend
-- deduplicates for ever: a key that was charged and could run again would be free work.
create table metering.aged_key (
  key uuid not null,
  operation_id uuid not null,
  bucket smallint not null,
  primary key (bucket, key)
);
-- What ended until then has aged out.
alter table metering.customer add column aged_until timestamptz;
