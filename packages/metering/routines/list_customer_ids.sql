-- Ids of a bucket's customers after the given one, in order.
create or replace function metering.list_customer_ids(p_bucket smallint, p_after text, p_limit integer) returns jsonb
  language plpgsql stable as $$
begin
  perform metering.own_bucket(p_bucket);
  return (
    select coalesce(jsonb_agg(x.customer_id order by x.customer_id), '[]')
    from (
      select c.customer_id from metering.customer c
      where c.bucket = p_bucket and c.customer_id > p_after order by c.customer_id limit p_limit) x);
end $$;
