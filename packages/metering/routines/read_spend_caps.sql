-- The monthly caps, as the version before reads them.
create or replace function metering.read_spend_caps(p_bucket smallint, p_customer text) returns jsonb
  language plpgsql stable as $$
begin
  return (
    select coalesce(jsonb_agg(jsonb_build_object('meter', l->'meter', 'cap', l->'amount', 'spent', l->'spent',
      'renewsAt', l->'resetsAt') order by l->>'meter'), '[]')
    from jsonb_array_elements(metering.list_limits(p_bucket, p_customer, 'customer')) l where l->>'period' = 'month');
end $$;
