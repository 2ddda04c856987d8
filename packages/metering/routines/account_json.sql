-- One account as the answer to a caller carries it; `softLimit` is read by the version before alone.
create or replace function metering.account_json(p_bucket smallint, p_customer text, p_meter text) returns jsonb
  language plpgsql stable as $$
begin
  return (
    select jsonb_build_object('meter', a.meter, 'syncedBalance', a.synced_balance, 'unsynced', a.unsynced, 'held', a.held,
      'granted', a.granted, 'unlimited', a.unlimited, 'softLimit', false, 'version', a.version)
    from metering.account a where a.bucket = p_bucket and a.customer_id = p_customer and a.meter = p_meter);
end $$;
