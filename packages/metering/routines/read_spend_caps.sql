create or replace function metering.read_spend_caps(p_bucket smallint, p_customer text) returns jsonb
  language plpgsql stable as $$
declare
  v_now timestamptz := metering.clock();
begin
  perform metering.own_bucket(p_bucket);
  return (
    select coalesce(jsonb_agg(jsonb_build_object('meter', a.meter, 'cap', a.spend_cap,
      'spent', case when a.spent_month = metering.month_of(v_now) then a.spent else 0 end,
      'renewsAt', metering.next_month(v_now)) order by a.meter), '[]')
    from metering.account a
    where a.bucket = p_bucket and a.customer_id = p_customer and a.spend_cap is not null);
end $$;
