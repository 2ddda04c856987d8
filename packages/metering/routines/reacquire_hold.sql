-- A finisher that was late gets the funds of its own attempt again, or not at all.
create or replace function metering.reacquire_hold(p_bucket smallint, p_operation uuid, p_amounts jsonb, p_now timestamptz) returns boolean
  language plpgsql as $$
declare
  v_customer text;
  v_subjects text;
begin
  select o.customer_id, o.subjects into strict v_customer, v_subjects from metering.operation o
    where o.bucket = p_bucket and o.operation_id = p_operation;
  if exists (
    select 1 from metering.holds_of_operation(p_bucket, p_operation) h
    cross join lateral (
      select a.* from metering.account a
      where a.bucket = p_bucket and a.customer_id = v_customer and a.meter = h.meter offset 0) a
    cross join lateral (select greatest(h.held, coalesce((p_amounts->>h.meter)::bigint, 0)) as amount) n
    where not a.unlimited and a.synced_balance - a.unsynced - a.held < n.amount
       or (a.limited or v_subjects is not null) and exists (
         select 1 from metering.limit_standings(p_bucket, v_customer, h.meter, v_subjects, p_now) l where l.room < n.amount))
  then
    return false;
  end if;
  update metering.account a set held = a.held + h.held, version = a.version + 1
    from metering.holds_of_operation(p_bucket, p_operation) h
    where a.bucket = p_bucket and a.customer_id = v_customer and a.meter = h.meter;
  return true;
end $$;
