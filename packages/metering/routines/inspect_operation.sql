-- Everything known of one operation, without its result or input.
create or replace function metering.inspect_operation(p_bucket smallint, p_operation uuid) returns jsonb
  language plpgsql stable as $$
begin
  perform metering.own_bucket(p_bucket);
  return (
    select jsonb_build_object('customerId', o.customer_id, 'operationId', o.operation_id, 'procedure', o.procedure,
      'state', o.state, 'attempt', o.attempt, 'fence', o.fence, 'crashes', o.crashes, 'late', o.late,
      'subscriptionId', o.subscription_id, 'leaseUntil', o.lease_until, 'deadlineAt', o.deadline_at,
      'createdAt', o.created_at, 'startedAt', o.started_at, 'endedAt', o.ended_at,
      'resultBytes', octet_length(o.result), 'resultExpiresAt', o.result_expires_at,
      'chargedBy', o.charged_by,
      'holds', (
        select jsonb_agg(jsonb_build_object('meter', h.meter, 'amount', h.held,
          'state', case o.state when 'executing' then 'held' when 'settled' then 'charged' else 'released' end,
          'progress', h.progress, 'charged', h.charged, 'overrun', h.overrun, 'balanceAfter', h.balance_after) order by h.meter)
        from metering.holds_of_operation(p_bucket, p_operation) h),
      'providerCosts', (
        select jsonb_agg(jsonb_build_object('attempt', c.fence, 'provider', c.provider, 'model', c.model, 'calls', c.calls,
          'inputTokens', c.input_tokens, 'cachedInputTokens', c.cached_input_tokens, 'outputTokens', c.output_tokens,
          'costMicros', c.cost_micros, 'source', c.source) order by c.fence, c.provider, c.model)
        from metering.provider_cost c where c.bucket = p_bucket and c.operation_id = p_operation),
      'undelivered', (
        select jsonb_agg(jsonb_build_object('transactionId', e.transaction_id, 'meter', e.meter, 'amount', e.amount,
          'state', case when e.quarantined then 'quarantined' else 'pending' end, 'deliveries', e.sendings,
          'refusals', e.refusals, 'nextAt', e.next_at, 'reason', e.reason) order by e.meter)
        from metering.outbox e
        where e.bucket = p_bucket and e.customer_id = o.customer_id and e.operation_id = p_operation))
    from metering.operation o where o.bucket = p_bucket and o.operation_id = p_operation);
end $$;
