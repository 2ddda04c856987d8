-- Since when every charge of a customer is known, in epoch milliseconds; null when none has aged out.
create or replace function metering.read_kept_since(p_bucket smallint, p_customer text) returns bigint
  language plpgsql stable as $$
begin
  perform metering.own_bucket(p_bucket);
  return (
    select floor(extract(epoch from c.aged_until) * 1000)::bigint + 1
    from metering.customer c where c.bucket = p_bucket and c.customer_id = p_customer);
end $$;
