-- Stores what attempts cost at their providers, once: of what is stored already only an estimate is replaced, by what was reported, and
-- the sum of fewer calls by that of more, because work may go on after its operation has ended.
create or replace function metering.store_provider_costs(p_bucket smallint, p_operation uuid[], p_fence integer[], p_costs jsonb[])
  returns void language plpgsql as $$
begin
  insert into metering.provider_cost as c (bucket, operation_id, fence, provider, model, calls, input_tokens, cached_input_tokens,
      output_tokens, cost_micros, source)
    select p_bucket, a.operation_id, a.fence, x.provider, x.model, x.calls, x."inputTokens", x."cachedInputTokens", x."outputTokens",
      x."costMicros", x.source
    from unnest(p_operation, p_fence, p_costs) a(operation_id, fence, costs)
    cross join lateral jsonb_to_recordset(a.costs) x(provider text, model text, calls integer, "inputTokens" bigint, "cachedInputTokens" bigint,
      "outputTokens" bigint, "costMicros" bigint, source text)
    on conflict (bucket, operation_id, fence, provider, model) do update
      set calls = excluded.calls, input_tokens = excluded.input_tokens, cached_input_tokens = excluded.cached_input_tokens,
        output_tokens = excluded.output_tokens, cost_micros = excluded.cost_micros, source = excluded.source
      where c.bucket = p_bucket and excluded.source = 'reported'
        and (c.source = 'estimated' or c.source = 'reported' and excluded.calls > c.calls);
end $$;
