-- What an operation holds or was charged, one row per meter.
create or replace function metering.holds_of_operation(p_bucket smallint, p_operation uuid)
  returns table (meter text, held integer, charged integer, overrun integer, progress integer, balance_after bigint)
  language plpgsql stable as $$
#variable_conflict use_column
begin
  return query
    select o.meter, o.held, o.charged, o.overrun, o.progress, o.balance_after
    from metering.operation o where o.bucket = p_bucket and o.operation_id = p_operation
    union all
    select f.meter, f.held, f.charged, f.overrun, f.progress, f.balance_after
    from metering.further_hold f where f.bucket = p_bucket and f.operation_id = p_operation
    order by 1;
end $$;
