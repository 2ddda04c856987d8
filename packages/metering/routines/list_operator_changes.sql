-- What operators changed, newest first, of one customer or of all.
create or replace function metering.list_operator_changes(
    p_bucket smallint, p_customer text, p_limit integer, p_before_at timestamptz, p_before_id uuid)
  returns jsonb language plpgsql stable as $$
begin
  perform metering.own_bucket(p_bucket);
  return (
    select coalesce(jsonb_agg(jsonb_build_object('id', x.change_id, 'at', x.changed_at, 'operator', x.operator, 'via', x.via,
      'action', x.action, 'reason', x.reason, 'customerId', x.customer_id, 'operationId', x.operation_id,
      'transactionId', x.transaction_id, 'before', x.before, 'after', x.after) order by x.changed_at desc, x.change_id desc), '[]')
    from (
      select * from metering.operator_change c
      where c.bucket = p_bucket and (p_customer is null or c.customer_id = p_customer)
        and (p_before_at is null or (c.changed_at, c.change_id) < (p_before_at, p_before_id))
      order by c.changed_at desc, c.change_id desc limit p_limit) x);
end $$;
