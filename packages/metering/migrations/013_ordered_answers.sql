-- The same rows give the same answer, whichever plan the database chooses: lists and batches have an order,
-- and the clock is read once.

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
    'doubtful', (select coalesce(jsonb_agg(metering.delivery_json(e) order by e.occurred_at, e.transaction_id), '[]') from metering.usage_event e
                 where e.customer_id = p_customer and e.state = 'pending' and e.in_doubt));
end $$;

create or replace function metering.beat_operations(p_elements jsonb) returns jsonb
  language plpgsql as $$
declare
  v_now timestamptz;
  v_alive jsonb;
begin
  perform 1 from metering.operation o
    where (o.customer_id, o.operation_id) in (
      select e->>'customerId', e->>'operationId' from jsonb_array_elements(p_elements) e)
    order by o.customer_id, o.operation_id for update;
  v_now := metering.clock();
  with alive as (
    update metering.operation o
    set lease_until = least(o.deadline_at, metering.after_ms(v_now, (e->>'leaseMs')::bigint))
    from jsonb_array_elements(p_elements) e
    where o.customer_id = e->>'customerId' and o.operation_id = e->>'operationId'
      and o.state = 'executing' and o.fence = (e->>'fence')::bigint
    returning o.operation_id)
  select coalesce(jsonb_agg(operation_id order by operation_id), '[]') into v_alive from alive;
  return v_alive;
end $$;

create or replace function metering.claim_deliveries(p_after text, p_limit integer, p_claim_ms bigint) returns jsonb
  language plpgsql as $$
declare
  v_now timestamptz := metering.clock();
  v_deliveries jsonb := '[]';
  v_batch jsonb;
  v_last text := p_after;
  v_customer text;
  v_wrapped boolean := false;
  v_fence bigint;
begin
  loop
    select e.customer_id into v_customer from metering.usage_event e
      where e.state = 'pending' and e.customer_id > v_last
        and (not v_wrapped or e.customer_id <= p_after)
      order by e.customer_id limit 1;
    if not found then
      exit when v_wrapped or p_after = '';
      v_wrapped := true;
      v_last := '';
      continue;
    end if;
    v_last := v_customer;
    select c.claim_fence + 1 into v_fence from metering.customer c
      where c.customer_id = v_customer and c.claimed_until <= v_now and c.sync_wanted_until <= v_now
        and exists (select 1 from metering.usage_event e where e.customer_id = v_customer and e.state = 'pending'
                    and e.next_at <= v_now and e.subscription_id is not null)
      for update skip locked;
    continue when not found;
    update metering.customer set claimed_until = metering.after_ms(v_now, p_claim_ms), claim_fence = v_fence
      where customer_id = v_customer;
    with due as (
      select e.customer_id, e.transaction_id from metering.usage_event e
      where e.customer_id = v_customer and e.state = 'pending' and e.next_at <= v_now and e.subscription_id is not null
      order by e.next_at, e.transaction_id limit p_limit - jsonb_array_length(v_deliveries)),
    sent as (
      update metering.usage_event e set sendings = e.sendings + 1
      from due where e.customer_id = due.customer_id and e.transaction_id = due.transaction_id
      returning e.occurred_at, e.transaction_id, metering.delivery_json(e) || jsonb_build_object('fence', v_fence) as delivery)
    select jsonb_agg(delivery order by occurred_at, transaction_id) into v_batch from sent;
    v_deliveries := v_deliveries || v_batch;
    exit when jsonb_array_length(v_deliveries) >= p_limit;
  end loop;
  return jsonb_build_object('deliveries', v_deliveries, 'after', case when v_wrapped and v_customer is null then '' else v_last end);
end $$;

create or replace function metering.customers_to_sync(p_limit integer, p_fresh_ms bigint) returns jsonb
  language sql as $$
    with now as materialized (select metering.clock() as at)
    select coalesce(jsonb_agg(jsonb_build_object('customerId', c.customer_id, 'name', c.name, 'email', c.email) order by c.customer_id), '[]')
    from (select c.* from metering.customer c, now
          where c.customer_id in (select d.customer_id from metering.customer d where d.doubtful
                                  union select e.customer_id from metering.usage_event e where e.subscription_id is null)
            and (c.synced_at is null or metering.after_ms(c.synced_at, p_fresh_ms) <= now.at)
          order by c.customer_id limit p_limit) c $$;

create or replace function metering.sweep(p_limit integer, p_grace_ms bigint) returns jsonb
  language plpgsql as $$
declare
  v_now timestamptz := metering.clock();
  v_lapsed jsonb;
  v_answers jsonb := '[]';
  o metering.operation;
begin
  select coalesce(jsonb_agg(jsonb_build_object('customerId', customer_id, 'operationId', operation_id) order by customer_id, operation_id), '[]') into v_lapsed
    from (select customer_id, operation_id from metering.operation
          where state = 'executing' and lease_until < metering.after_ms(v_now, -p_grace_ms)
          order by lease_until, customer_id, operation_id limit p_limit) lapsed;
  if v_lapsed = '[]' then return v_lapsed; end if;
  perform metering.lock_operations(v_lapsed);
  -- A beat or a settle may have come first while we waited for the locks.
  for o in select op.* from metering.operation op join jsonb_array_elements(v_lapsed) l
      on op.customer_id = l->>'customerId' and op.operation_id = l->>'operationId'
    where op.state = 'executing' and op.lease_until < metering.after_ms(v_now, -p_grace_ms)
    order by op.customer_id, op.operation_id
  loop
    v_answers := v_answers || jsonb_build_object('customerId', o.customer_id, 'operationId', o.operation_id,
      'procedure', o.procedure, 'became', metering.expire(o, v_now));
  end loop;
  return v_answers;
end $$;

create or replace function metering.forget(p_limit integer, p_key_kept_ms bigint) returns jsonb
  language plpgsql as $$
declare
  v_now timestamptz := metering.clock();
  v_results bigint;
  v_keys bigint;
begin
  update metering.operation o set result = null
    where (customer_id, operation_id) in (
      select customer_id, operation_id from metering.operation
      where result is not null and result_expires_at <= v_now order by result_expires_at, operation_id limit p_limit for update skip locked);
  get diagnostics v_results = row_count;
  update metering.operation o set key_hash = null
    where (customer_id, operation_id) in (
      select customer_id, operation_id from metering.operation
      where key_hash is not null and state <> 'executing'
        and created_at <= metering.after_ms(v_now, -p_key_kept_ms)
      order by created_at, operation_id limit p_limit for update skip locked);
  get diagnostics v_keys = row_count;
  return jsonb_build_object('results', v_results, 'keys', v_keys);
end $$;
