-- A refusal answers for the sending it came back for, and for no earlier one: an event that was sent twice and refused once
-- may have arrived the first time.

-- Sendings that the backend has not answered for; `in_doubt` is whether there are any.
alter table metering.usage_event add column unanswered integer not null default 0 check (unanswered >= 0);
update metering.usage_event set unanswered = 1 where in_doubt;

create or replace function metering.note_doubt() returns trigger language plpgsql as $$
begin
  new.unanswered := greatest(0,
    old.unanswered + new.sendings - old.sendings - greatest(0, new.refusals - old.refusals));
  new.in_doubt := new.unanswered > 0 and new.state <> 'delivered';
  return new;
end $$;

-- Claims a customer for one talk with the backend, so that no delivery is in flight while a balance is read.
-- Answers 'fresh' when somebody else has asked for it since p_since, 'busy' while somebody else holds the claim, or
-- 'claimed' with the fence and the events that are in doubt, which are sent once more. Repeatable with the same token.
create or replace function metering.claim_customer(
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
