-- One operation by its key. The first half of a key is that of the customer's key alone, so a range of keys is every procedure
-- that saw it; the newest answers.
create or replace function metering.read_operation(p_bucket smallint, p_customer text, p_key_from uuid, p_key_to uuid) returns jsonb
  language plpgsql stable as $$
begin
  perform metering.own_bucket(p_bucket);
  return (
    select jsonb_build_object('operationId', o.operation_id, 'procedure', o.procedure, 'state', o.state, 'attempt', o.attempt,
      'startedAt', o.created_at, 'endedAt', o.ended_at,
      'charges', (
        select jsonb_agg(jsonb_build_object('meter', h.meter, 'held', h.held, 'charged', coalesce(h.charged, 0)) order by h.meter)
        from metering.holds_of_operation(p_bucket, o.operation_id) h))
    from metering.operation o
    where o.bucket = p_bucket and o.key between p_key_from and p_key_to and o.customer_id = p_customer
    order by o.created_at desc limit 1);
end $$;
