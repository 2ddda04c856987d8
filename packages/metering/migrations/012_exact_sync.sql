-- A balance is believed only when it is known of every event whether the backend has it. Until then an event that was sent
-- may be in the balance that is read and in what is still to be sent: counted twice, and somebody refused who has credits.

-- Sent, and the backend has not said what became of it. A refusal is an answer: the backend does not have it.
alter table metering.usage_event add column in_doubt boolean not null default false;
update metering.usage_event set in_doubt = true where state = 'pending' and sendings > 0;

-- Follows from what is written down of sendings and answers, so that no statement can forget it.
create function metering.note_doubt() returns trigger language plpgsql as $$
begin
  if new.state <> 'pending' or new.refusals > old.refusals then
    new.in_doubt := false;
  elsif new.sendings > old.sendings then
    new.in_doubt := true;
  end if;
  return new;
end $$;

create trigger note_doubt before update of state, sendings, refusals on metering.usage_event
  for each row execute function metering.note_doubt();

-- Whose claim it is, and under which fence it was taken: whoever lost the answer to a claim asks again and has it.
alter table metering.customer add column claim_token text, add column claim_token_fence bigint;

drop function metering.claim_customer(text, text, text, bigint, timestamptz);

-- Claims a customer for one talk with the backend, so that no delivery is in flight while a balance is read.
-- Answers 'fresh' when somebody else has asked for it since p_since, 'busy' while somebody else holds the claim, or
-- 'claimed' with the fence and the events that are in doubt. Repeatable with the same token.
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
  end if;
  return jsonb_build_object('outcome', 'claimed', 'fence', c.claim_fence, 'now', v_now,
    'doubtful', (select coalesce(jsonb_agg(metering.delivery_json(e)), '[]') from metering.usage_event e
                 where e.customer_id = p_customer and e.state = 'pending' and e.in_doubt));
end $$;

-- Writes down what the backend said while the customer was claimed; answers false when the claim was lost meanwhile.
-- p_read_at is when the claim was taken: what we know is as old as the question, not as the answer.
create or replace function metering.apply_sync(
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

-- Takes an event that the backend never answers for off its way, so that its customer's balance can be read again. It stays
-- charged here; if the backend has it after all, it counts twice until it is replayed. Answers how many.
create function metering.set_aside(p_transaction text) returns integer
  language sql as $$
    with aside as (
      update metering.usage_event set state = 'quarantined', reason = 'set aside by hand: the backend did not say whether it has it'
      where state = 'pending' and transaction_id = p_transaction
      returning 1)
    select count(*)::integer from aside $$;
