-- Sends quarantined events again: one by its transaction id, or all of them. Answers how many.
create or replace function metering.replay_quarantined(p_bucket smallint, p_transaction text) returns integer
  language plpgsql as $$
declare
  v_now timestamptz := metering.clock();
  v_count integer;
begin
  perform metering.own_bucket(p_bucket);
  update metering.outbox e set quarantined = false, refusals = 0, next_at = v_now
    where e.bucket = p_bucket and e.quarantined and (p_transaction is null or e.transaction_id = p_transaction);
  get diagnostics v_count = row_count;
  return v_count;
end $$;
