-- What a subject was charged of one meter since an instant.
create or replace function metering.charged_to_subject(
    p_bucket smallint, p_customer text, p_meter text, p_subject text, p_from timestamptz)
  returns bigint language plpgsql stable as $$
begin
  return (
    select coalesce(sum(c.charged), 0)
    from metering.operation o
    cross join lateral (
      select o.meter, o.charged
      union all
      select f.meter, f.charged from metering.further_hold f
      where o.further and f.bucket = p_bucket and f.operation_id = o.operation_id) c
    where o.bucket = p_bucket and o.customer_id = p_customer and o.attempt >= 1 and o.ended_at >= p_from
      and o.state = 'settled' and c.meter = p_meter
      and (p_subject = 'customer' or p_subject = any (string_to_array(o.subjects, ' '))));
end $$;
