-- Sees to it that a running operation holds p_target of a meter; answers 'extended', 'insufficient' or 'lost'. Repeatable.
create or replace function metering.extend_hold(
    p_bucket smallint, p_customer text, p_operation uuid, p_fence integer, p_meter text, p_target bigint)
  returns text language plpgsql as $$
declare
  a metering.account%rowtype;
  v_subjects text;
  v_more bigint;
begin
  perform metering.own_bucket(p_bucket);
  select * into a from metering.account ac
    where ac.bucket = p_bucket and ac.customer_id = p_customer and ac.meter = p_meter for update;
  select o.subjects into v_subjects from metering.operation o
    where o.bucket = p_bucket and o.operation_id = p_operation and o.customer_id = p_customer and o.ended_at is null
      and o.fence = p_fence for update;
  if not found then return 'lost'; end if;
  select p_target - h.held into v_more from metering.holds_of_operation(p_bucket, p_operation) h where h.meter = p_meter;
  if not found then return 'lost'; end if;
  if v_more <= 0 then return 'extended'; end if;
  if a.synced_balance - a.unsynced - a.held < v_more and not a.unlimited then return 'insufficient'; end if;
  if (a.limited or v_subjects is not null) and exists (
    select 1 from metering.limit_standings(p_bucket, p_customer, p_meter, v_subjects, metering.clock()) l
    where l.room < v_more) then
    return 'insufficient';
  end if;
  update metering.account ac set held = ac.held + v_more, version = ac.version + 1
    where ac.bucket = p_bucket and ac.customer_id = p_customer and ac.meter = p_meter;
  update metering.operation o set held = p_target
    where o.bucket = p_bucket and o.operation_id = p_operation and o.meter = p_meter;
  update metering.further_hold f set held = p_target
    where f.bucket = p_bucket and f.operation_id = p_operation and f.meter = p_meter;
  return 'extended';
end $$;
