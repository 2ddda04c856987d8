-- Quarantines an event that the backend never answers for, so that its customer's balance can be read again. It stays
-- charged here; if the backend has it after all, it counts twice until it is replayed. Answers how many.
create or replace function metering.quarantine_event(p_bucket smallint, p_transaction text) returns integer
  language plpgsql as $$
declare
  v_count integer;
begin
  perform metering.own_bucket(p_bucket);
  update metering.outbox e
    set quarantined = true, reason = 'quarantined by hand: the backend did not say whether it has it'
    where e.bucket = p_bucket and not e.quarantined and e.transaction_id = p_transaction;
  get diagnostics v_count = row_count;
  return v_count;
end $$;
