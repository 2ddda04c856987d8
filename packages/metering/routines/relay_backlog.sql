-- How much is on its way, how long the oldest has waited, and how much is quarantined.
create or replace function metering.relay_backlog(p_bucket smallint) returns jsonb
  language plpgsql stable as $$
declare
  v_now timestamptz := metering.clock();
begin
  perform metering.own_bucket(p_bucket);
  return (
    select jsonb_build_object(
      'pending', count(*) filter (where not e.quarantined),
      'due', count(*) filter (where not e.quarantined and e.next_at <= v_now and e.subscription_id is not null),
      'oldestAt', min(e.occurred_at) filter (where not e.quarantined),
      'oldestAgeMs', coalesce(greatest(0, floor(extract(epoch from v_now
        - min(e.occurred_at) filter (where not e.quarantined)) * 1000)), 0),
      'quarantined', count(*) filter (where e.quarantined))
    from metering.outbox e where e.bucket = p_bucket);
end $$;
