-- Plans are made once, often while the tables are empty, and all indexes look alike then. Neither of these may bound a look-up
-- by less than its whole key.

-- A look-up by (customer_id, operation_id) was planned on the index of the keys, of which it has the first column only, and read
-- every operation of the customer. The key's digest comes first now.
alter table metering.operation drop constraint operation_customer_id_procedure_key_hash_key;
alter table metering.operation add constraint operation_key unique (key_hash, customer_id, procedure);

-- `state = 'executing'` beside a key invited the index of leases, and with it every running operation. Only the sweeper says
-- `ended_at is null`, which is the same by a check.
drop index metering.operation_lease;
create index operation_lease on metering.operation (lease_until) where ended_at is null;

create or replace function metering.sweep(p_limit integer, p_grace_ms bigint) returns jsonb
  language plpgsql as $$
declare
  v_now timestamptz := metering.clock();
  v_overdue jsonb;
  v_answers jsonb := '[]';
  o metering.operation;
begin
  select coalesce(jsonb_agg(jsonb_build_object('customerId', customer_id, 'operationId', operation_id)
      order by customer_id, operation_id), '[]') into v_overdue
    from (select customer_id, operation_id from metering.operation
          where ended_at is null and lease_until < metering.after_ms(v_now, -p_grace_ms)
          order by lease_until, customer_id, operation_id limit p_limit) overdue;
  if v_overdue = '[]' then return v_overdue; end if;
  perform metering.lock_operations(v_overdue);
  -- A heartbeat or a settle may have come first while the locks were awaited.
  for o in
    select op.* from jsonb_array_elements(v_overdue) l
    cross join lateral (
      select op.* from metering.operation op
      where op.customer_id = l->>'customerId' and op.operation_id = l->>'operationId' offset 0) op
    where op.state = 'executing' and op.lease_until < metering.after_ms(v_now, -p_grace_ms)
    order by op.customer_id, op.operation_id
  loop
    v_answers := v_answers || jsonb_build_object('customerId', o.customer_id, 'operationId', o.operation_id,
      'procedure', o.procedure, 'became', metering.expire(o, v_now));
  end loop;
  return v_answers;
end $$;

-- When the relay took a customer to read it, how often in vain, and when its next turn is.
alter table metering.customer
  add column sync_taken_at timestamptz not null default '-infinity',
  add column sync_attempts integer not null default 0,
  add column sync_retry_at timestamptz not null default '-infinity';

-- Customers the backend must be asked about although none of them has come back: their events have no subscription yet, or
-- their last reading is doubtful. Each is named once per pause, and the pauses of one that cannot be read double, so that
-- unreadable customers take turns with the others.
create function metering.take_customers_to_sync(
    p_limit integer, p_fresh_ms bigint, p_pause_ms bigint, p_pause_max_ms bigint)
  returns jsonb language plpgsql as $$
declare
  v_now timestamptz := metering.clock();
  v_taken jsonb;
begin
  with due as (
    select c.customer_id from metering.customer c
    where c.customer_id in (select d.customer_id from metering.customer d where d.doubtful
                            union select e.customer_id from metering.usage_event e where e.subscription_id is null)
      and (c.synced_at is null or metering.after_ms(c.synced_at, p_fresh_ms) <= v_now)
      and c.sync_retry_at <= v_now
    order by c.sync_retry_at, c.customer_id limit p_limit for update skip locked),
  taken as (
    update metering.customer c
      set sync_taken_at = v_now,
          sync_attempts = case when c.applied_at >= c.sync_taken_at then 0 else c.sync_attempts end + 1,
          sync_retry_at = metering.after_ms(v_now, least(p_pause_max_ms, p_pause_ms * 2 ^ least(30,
            case when c.applied_at >= c.sync_taken_at then 0 else c.sync_attempts end))::bigint)
      from due where c.customer_id = due.customer_id
      returning c.customer_id, c.name, c.email)
  select coalesce(jsonb_agg(jsonb_build_object('customerId', customer_id, 'name', name, 'email', email) order by customer_id), '[]')
    into v_taken from taken;
  return v_taken;
end $$;

-- As before, and with the events that have waited for longer than p_overdue_ms, at most p_limit, so that frequent syncs cannot
-- keep the relay away from a customer's events. Each event says how many of its sendings are unanswered, this one included.
create function metering.claim_customer(
    p_customer text, p_name text, p_email text, p_claim_ms bigint, p_since timestamptz, p_token text, p_overdue_ms bigint,
    p_limit integer)
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
    update metering.usage_event e set sendings = e.sendings + 1
      from (
        select due.transaction_id from metering.usage_event due
        where due.customer_id = p_customer and due.state = 'pending'
          and (due.in_doubt or due.subscription_id is not null and due.next_at <= v_now
            and due.occurred_at <= metering.after_ms(v_now, -p_overdue_ms))
        order by due.in_doubt desc, due.occurred_at, due.transaction_id limit p_limit) sent
      where e.customer_id = p_customer and e.transaction_id = sent.transaction_id;
  end if;
  return jsonb_build_object('outcome', 'claimed', 'fence', c.claim_fence, 'now', v_now,
    'unanswered', (
      select coalesce(jsonb_agg(metering.delivery_json(e) || jsonb_build_object('unanswered', e.unanswered)
        order by e.occurred_at, e.transaction_id), '[]')
      from metering.usage_event e
      where e.customer_id = p_customer and e.state = 'pending' and e.in_doubt));
end $$;
