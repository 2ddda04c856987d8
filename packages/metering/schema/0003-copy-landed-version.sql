-- Copies what the version before left, once, into bucket 0; nothing to do where there was none. Kept are balances, caps,
-- operations with their results, and events that the backend has not confirmed, under the transaction ids they were sent with.
do $$
begin
  if to_regnamespace('metering_landed') is null then return; end if;

  insert into metering.customer (bucket, customer_id, name, email, billing, subscription_id, features, period_end, synced_at,
      applied_at, doubtful, claim_fence)
    select 0, customer_id, name, email, billing, subscription_id, features, period_end, synced_at, applied_at, doubtful,
      claim_fence
    from metering_landed.customer;

  insert into metering.account (bucket, customer_id, meter, synced_balance, unsynced, held, granted, degraded, spend_cap,
      spent, version, spent_month, unlimited, soft_limit, breakdown)
    select 0, customer_id, meter, synced_balance, unsynced, held, granted, degraded, spend_cap, spent, version, spent_month,
      unlimited, soft_limit, breakdown
    from metering_landed.account;

  -- What an earlier attempt left released is neither held nor charged by a later one.
  create temporary table landed_hold on commit drop as
    select h.customer_id, h.operation_id, h.meter, h.amount, h.progress, h.charged, h.overrun, h.balance_after,
      row_number() over (partition by h.customer_id, h.operation_id order by h.meter) as n,
      count(*) over (partition by h.customer_id, h.operation_id) as meters
    from metering_landed.hold h join metering_landed.operation o using (customer_id, operation_id)
    where h.state = case o.state when 'executing' then 'held' when 'settled' then 'charged' else 'released' end;

  insert into metering.operation (bucket, operation_id, key, fingerprint, lease_until, deadline_at, created_at, started_at,
      ended_at, result_expires_at, held, charged, overrun, progress, fence, attempt, crashes, balance_after, state, late,
      degraded, further, customer_id, meter, procedure, subscription_id, result)
    select 0, o.operation_id::uuid,
      case when o.key_hash is null then o.operation_id::uuid
        else (left(encode(sha256(convert_to(o.customer_id || E'\n' || o.key_hash, 'UTF8')), 'hex'), 16)
          || left(encode(sha256(convert_to(o.customer_id || E'\n' || o.key_hash || E'\n' || o.procedure, 'UTF8')), 'hex'), 16))::uuid
        end,
      left(encode(decode(translate(o.fingerprint, '-_', '+/') || '=', 'base64'), 'hex'), 32)::uuid,
      o.lease_until, o.deadline_at, o.created_at, o.started_at, o.ended_at, o.result_expires_at,
      h.amount, h.charged, h.overrun, h.progress, o.fence, o.attempt, o.crashes, h.balance_after,
      o.state::metering.operation_state, o.late, o.degraded, h.meters > 1, o.customer_id, h.meter, o.procedure,
      o.subscription_id, o.result
    from metering_landed.operation o join landed_hold h using (customer_id, operation_id) where h.n = 1;

  if (select count(*) from metering.operation) <> (select count(*) from metering_landed.operation) then
    raise exception 'an operation without a hold cannot be kept: ask checkInvariants of the version before';
  end if;

  insert into metering.further_hold (bucket, operation_id, meter, held, charged, overrun, progress, balance_after)
    select 0, h.operation_id::uuid, h.meter, h.amount, h.charged, h.overrun, h.progress, h.balance_after
    from landed_hold h where h.n > 1;

  insert into metering.outbox (bucket, customer_id, operation_id, meter, amount, subscription_id, occurred_at, next_at,
      sendings, unanswered, refusals, refused_sending, quarantined, transaction_id, reason)
    select 0, customer_id, operation_id::uuid, meter, amount, subscription_id, occurred_at, next_at, sendings,
      least(unanswered, sendings), refusals, refused_sending, state = 'quarantined', transaction_id, reason
    from metering_landed.usage_event where state <> 'delivered';

  insert into metering.landed_transaction (bucket, operation_id, meter, transaction_id)
    select 0, operation_id::uuid, meter, transaction_id from metering_landed.usage_event;

  drop schema metering_landed cascade;
end $$;
