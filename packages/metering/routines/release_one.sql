-- Releases one operation; its accounts are locked. What its work cost at providers is stored all the same.
create or replace function metering.release_one(p_bucket smallint, p_element jsonb, p_now timestamptz) returns jsonb
  language plpgsql as $$
declare
  o metering.operation%rowtype;
begin
  select * into o from metering.operation op
    where op.bucket = p_bucket and op.operation_id = (p_element->>'operationId')::uuid
      and op.customer_id = p_element->>'customerId' for update;
  if found and p_element ? 'costs' then
    perform metering.store_provider_costs(p_bucket, array[o.operation_id], array[(p_element->>'fence')::integer],
      array[p_element->'costs']);
  end if;
  if o.fence = (p_element->>'fence')::integer and o.state = 'executing' then
    perform metering.release_hold(p_bucket, o.customer_id, o.operation_id);
    update metering.operation op set state = 'voided', ended_at = p_now
      where op.bucket = p_bucket and op.operation_id = o.operation_id;
    o.state := 'voided';
  end if;
  return metering.ended_json(p_bucket, o.customer_id, o.operation_id, p_now) || jsonb_build_object('outcome',
    case when o.fence = (p_element->>'fence')::integer and o.state = 'voided' then 'released' else 'lost' end);
end $$;
