-- What became of an operation that has ended, with the accounts of its meters as they stand now.
create or replace function metering.ended_json(p_bucket smallint, p_customer text, p_operation uuid, p_now timestamptz) returns jsonb
  language plpgsql stable as $$
begin
  return (
    select jsonb_build_object('asOf', p_now, 'overrun', coalesce(sum(h.overrun), 0),
      'charges', coalesce(jsonb_agg(jsonb_build_object('meter', h.meter, 'amount', h.charged) order by h.meter)
        filter (where h.charged is not null), '[]'),
      'accounts', coalesce(jsonb_agg(metering.account_json(p_bucket, p_customer, h.meter) order by h.meter), '[]'))
    from metering.holds_of_operation(p_bucket, p_operation) h);
end $$;
