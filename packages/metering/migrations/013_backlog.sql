-- How much is on its way, how long the oldest has waited, and how much waits for a person.
create or replace function metering.relay_backlog() returns jsonb
  language sql as $$
    with waiting as (
      select count(*) as pending, min(occurred_at) as oldest_at,
        count(*) filter (where next_at <= metering.clock() and subscription_id is not null) as due
      from metering.usage_event where state = 'pending')
    select jsonb_build_object('pending', pending, 'due', due, 'oldestAt', oldest_at,
      'oldestAgeMs', coalesce(greatest(0, floor(extract(epoch from metering.clock() - oldest_at) * 1000)), 0),
      'quarantined', (select count(*) from metering.usage_event where state = 'quarantined'))
    from waiting $$;
