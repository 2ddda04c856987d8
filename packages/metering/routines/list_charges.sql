-- A customer's charges of a time span, a page at a time, oldest first, and whether the backend has confirmed them. An event is
-- deleted once it was delivered, so what was delivered is every charge without one; its transaction id follows from what its
-- operation was charged for, except where it is known from the version before.
create or replace function metering.list_charges(
    p_bucket smallint, p_customer text, p_from timestamptz, p_until timestamptz, p_after_at timestamptz, p_after_id uuid,
    p_after_meter text, p_limit integer)
  returns table (
    operation_id uuid, key uuid, meter text, amount integer, subscription_id text, occurred_at timestamptz, delivered boolean,
    transaction_id text)
  language plpgsql stable as $$
#variable_conflict use_column
declare
  v_page uuid[];
begin
  perform metering.own_bucket(p_bucket);
  -- One operation more than the page, because its last one may have meters on the page before.
  select array_agg(x.operation_id) into v_page from (
    select o.operation_id from metering.operation o
    where o.bucket = p_bucket and o.customer_id = p_customer and o.attempt >= 1 and o.state = 'settled'
      and o.ended_at >= greatest(p_from, p_after_at) and o.ended_at < p_until
      and (p_after_at is null or (o.ended_at, o.operation_id) >= (p_after_at, p_after_id))
      -- An operation without a row of its own would make the page look like the last one.
      and (o.charged > 0 or o.further and exists (
        select 1 from metering.further_hold f
        where f.bucket = p_bucket and f.operation_id = o.operation_id and f.charged > 0))
    order by o.ended_at, o.operation_id limit p_limit + 1) x;
  return query
    select o.operation_id, o.key, h.meter, h.charged, coalesce(e.subscription_id, o.subscription_id), o.ended_at,
      e.amount is null, coalesce(e.transaction_id, l.transaction_id)
    from unnest(v_page) p(operation_id)
    cross join lateral (
      select o.operation_id, coalesce(o.charge_key, o.key) as key, o.subscription_id, o.ended_at from metering.operation o
      where o.bucket = p_bucket and o.operation_id = p.operation_id offset 0) o
    cross join lateral metering.holds_of_operation(p_bucket, o.operation_id) h
    left join lateral (
      select e.amount, e.subscription_id, e.transaction_id from metering.outbox e
      where e.bucket = p_bucket and e.customer_id = p_customer and e.operation_id = o.operation_id and e.meter = h.meter offset 0) e
      on true
    left join lateral (
      select l.transaction_id from metering.landed_transaction l
      where l.bucket = p_bucket and l.operation_id = o.operation_id and l.meter = h.meter offset 0) l on true
    where h.charged > 0
      and (p_after_at is null or (o.ended_at, o.operation_id, h.meter) > (p_after_at, p_after_id, p_after_meter))
    order by o.ended_at, o.operation_id, h.meter limit p_limit;
end $$;
