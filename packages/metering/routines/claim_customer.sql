-- Claims a customer for one exchange with the backend, so that no delivery is in flight while a balance is read. Answers
-- 'fresh' when the backend was asked since p_since, 'busy' while the claim is held elsewhere, or 'claimed' with the fence and
-- the events to send before reading: those in doubt, and those that have waited for longer than p_overdue_ms, so that
-- frequent syncs cannot keep the relay away from a customer's events. Repeatable with the same token.
create or replace function metering.claim_customer(
    p_bucket smallint, p_customer text, p_name text, p_email text, p_claim_ms bigint, p_since timestamptz, p_token text,
    p_overdue_ms bigint, p_limit integer)
  returns jsonb language plpgsql as $$
declare
  c metering.customer%rowtype;
  v_now timestamptz;
  v_is_claimed boolean;
begin
  perform metering.own_bucket(p_bucket);
  insert into metering.customer (bucket, customer_id, name, email) values (p_bucket, p_customer, p_name, p_email)
    on conflict (bucket, customer_id) do nothing;
  select * into c from metering.customer cu where cu.bucket = p_bucket and cu.customer_id = p_customer for update;
  v_now := metering.clock();
  if c.synced_at > p_since and not c.doubtful then return jsonb_build_object('outcome', 'fresh'); end if;
  v_is_claimed := c.claimed_until > v_now;
  if v_is_claimed and (c.claim_token = p_token and c.claim_token_fence = c.claim_fence) is not true then
    update metering.customer cu set sync_wanted_until = metering.after_ms(v_now, 500)
      where cu.bucket = p_bucket and cu.customer_id = p_customer;
    return jsonb_build_object('outcome', 'busy', 'now', v_now);
  end if;
  if not v_is_claimed then
    update metering.customer cu
      set claimed_until = metering.after_ms(v_now, p_claim_ms), claim_fence = cu.claim_fence + 1, name = p_name,
          email = p_email, sync_wanted_until = '-infinity', claim_token = p_token, claim_token_fence = cu.claim_fence + 1
      where cu.bucket = p_bucket and cu.customer_id = p_customer returning * into c;
    update metering.outbox e set sendings = e.sendings + 1, unanswered = e.unanswered + 1
      from (
        select ev.operation_id, ev.meter from metering.outbox ev
        where ev.bucket = p_bucket and ev.customer_id = p_customer and not ev.quarantined
          and (ev.unanswered > 0
            or ev.subscription_id is not null and ev.next_at <= v_now
               and ev.occurred_at <= metering.after_ms(v_now, -p_overdue_ms))
        order by ev.unanswered > 0 desc, ev.operation_id limit p_limit) sent
      where e.bucket = p_bucket and e.customer_id = p_customer and e.operation_id = sent.operation_id and e.meter = sent.meter;
  end if;
  return jsonb_build_object('outcome', 'claimed', 'fence', c.claim_fence, 'now', v_now,
    'unanswered', (
      select coalesce(jsonb_agg(metering.delivery_json(p_bucket, p_customer, e.operation_id, e.meter)
        order by e.operation_id, e.meter), '[]')
      from metering.outbox e
      where e.bucket = p_bucket and e.customer_id = p_customer and not e.quarantined and e.unanswered > 0));
end $$;
