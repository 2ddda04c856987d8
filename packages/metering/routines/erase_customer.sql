-- Removes what says who a customer is and what it made: its name and address become p_name and p_email, what the backend said of it
-- and its stored results go, p_limit of these at most. What was held, charged and delivered stays under its id. Answers 'running'
-- while an operation may still store a result, 'more' while there are results, and 'erased'.
create or replace function metering.erase_customer(
    p_bucket smallint, p_customer text, p_name text, p_email text, p_limit integer)
  returns text language plpgsql as $$
declare
  v_operations uuid[];
begin
  perform metering.own_bucket(p_bucket);
  update metering.customer cu set name = p_name, email = p_email, billing = null
    where cu.bucket = p_bucket and cu.customer_id = p_customer;
  -- Every operation of the customer is looked at, which happens once in its life.
  select coalesce(array_agg(x.operation_id), '{}') into v_operations from (
    select o.operation_id from metering.operation o
    where o.bucket = p_bucket and o.customer_id = p_customer and o.attempt >= 1 and o.ended_at is not null and o.result is not null
    limit p_limit for update) x;
  update metering.operation o set result = null where o.bucket = p_bucket and o.operation_id = any (v_operations);
  if cardinality(v_operations) = p_limit then return 'more'; end if;
  perform 1 from metering.operation o
    where o.bucket = p_bucket and o.customer_id = p_customer and o.attempt >= 1 and o.ended_at is null limit 1;
  return case when found then 'running' else 'erased' end;
end $$;
