-- Claims a customer for one talk with the backend, so that no delivery is in flight while a balance is read.
-- Answers 'fresh' when somebody else has asked for it since p_since, 'busy' while somebody else holds the claim, or
-- 'claimed' with the fence and the events that are in doubt, which are sent once more. Repeatable with the same token.
create function metering.claim_customer(
    p_customer text, p_name text, p_email text, p_claim_ms bigint, p_since timestamptz, p_token text)
  returns jsonb language plpgsql as $$
declare
  c metering.customer;
  v_now timestamptz;
  v_is_claimed boolean;
begin
  insert into metering.customer (customer_id, name, email) values (p_customer, p_name, p_email)
    on conflict (customer_id) do nothing;
  select * into c from metering.customer where customer_id = p_customer for update;
  v_now := metering.clock();
  if c.synced_at > p_since and not c.doubtful then return jsonb_build_object('outcome', 'fresh'); end if;
  v_is_claimed := c.claimed_until > v_now;
  if v_is_claimed and (c.claim_token = p_token and c.claim_token_fence = c.claim_fence) is not true then
    update metering.customer set sync_wanted_until = metering.after_ms(v_now, 500) where customer_id = p_customer;
    return jsonb_build_object('outcome', 'busy', 'now', v_now);
  end if;
  if not v_is_claimed then
    update metering.customer
      set claimed_until = metering.after_ms(v_now, p_claim_ms), claim_fence = claim_fence + 1, name = p_name, email = p_email,
          sync_wanted_until = '-infinity', claim_token = p_token, claim_token_fence = claim_fence + 1
      where customer_id = p_customer returning * into c;
    update metering.usage_event set sendings = sendings + 1
      where customer_id = p_customer and state = 'pending' and in_doubt;
  end if;
  return jsonb_build_object('outcome', 'claimed', 'fence', c.claim_fence, 'now', v_now,
    'doubtful', (select coalesce(jsonb_agg(metering.delivery_json(e)), '[]') from metering.usage_event e
                 where e.customer_id = p_customer and e.state = 'pending' and e.in_doubt));
end $$;

create function metering.delivery_json(e metering.usage_event) returns jsonb
  language sql stable as $$ select jsonb_build_object('customerId', e.customer_id, 'transactionId', e.transaction_id,
    'subscriptionId', e.subscription_id, 'meter', e.meter, 'amount', e.amount,
    'occurredAt', floor(extract(epoch from e.occurred_at) * 1000), 'operationId', e.operation_id, 'refusals', e.refusals,
    'sendings', e.sendings) $$;

-- Writes down what the backend said while the customer was claimed; answers false when the claim was lost meanwhile.
-- p_read_at is when the claim was taken: what we know is as old as the question, not as the answer.
create function metering.apply_sync(
    p_customer text, p_fence bigint, p_read_at timestamptz, p_billing jsonb, p_meters jsonb)
  returns boolean language plpgsql as $$
begin
  perform 1 from metering.customer where customer_id = p_customer and claim_fence = p_fence for update;
  if not found then return false; end if;
  if exists (select 1 from metering.usage_event e
             where e.customer_id = p_customer and e.state = 'pending' and e.in_doubt) then
    raise exception 'it is not known which events of % the balance that was read has in it', p_customer
      using errcode = 'check_violation', constraint = 'sync_is_exact';
  end if;
  insert into metering.account (customer_id, meter)
    select p_customer, m->>'meter' from jsonb_array_elements(p_meters) m order by 2 on conflict do nothing;
  perform 1 from metering.account where customer_id = p_customer order by meter for update;
  update metering.usage_event set subscription_id = p_billing->'subscription'->>'id'
    where customer_id = p_customer and state = 'pending' and subscription_id is null;
  update metering.account a
    set synced_balance = (m->>'available')::bigint, granted = (m->>'granted')::bigint, breakdown = m->'breakdown',
        unlimited = (m->>'unlimited')::boolean, soft_limit = (m->>'softLimit')::boolean, degraded = 0,
        unsynced = (select coalesce(sum(e.amount), 0) from metering.usage_event e
                    where e.customer_id = p_customer and e.meter = a.meter and e.state <> 'delivered')
    from jsonb_array_elements(p_meters) m
    where a.customer_id = p_customer and a.meter = m->>'meter';
  update metering.customer
    set billing = p_billing, subscription_id = p_billing->'subscription'->>'id',
        features = array(select jsonb_array_elements_text(p_billing->'features')),
        period_end = (p_billing->'subscription'->>'periodEnd')::timestamptz,
        synced_at = p_read_at, applied_at = metering.clock(), claimed_until = '-infinity', doubtful = false
    where customer_id = p_customer;
  return true;
end $$;

-- Lets a claim go that led to nothing.
create function metering.unclaim_customer(p_customer text, p_fence bigint) returns void
  language sql as $$
    update metering.customer set claimed_until = '-infinity' where customer_id = p_customer and claim_fence = p_fence $$;

-- A customer's meters and plan in one read.
create function metering.read_customer(p_customer text, p_policy jsonb) returns jsonb
  language sql as $$
    select jsonb_build_object('billing', c.billing, 'syncedAt', c.synced_at, 'asOf', now.at,
      'due', metering.is_due(c, (p_policy->>'freshForMs')::bigint, now.at),
      'stale', c.synced_at is null or metering.after_ms(c.synced_at, (p_policy->>'staleAfterMs')::bigint) < now.at,
      'accounts', (select coalesce(jsonb_agg(metering.account_json(a) || jsonb_build_object('breakdown', a.breakdown) order by a.meter), '[]')
                   from metering.account a where a.customer_id = p_customer))
    from (select metering.clock() as at) now left join metering.customer c on c.customer_id = p_customer $$;
