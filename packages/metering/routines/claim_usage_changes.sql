-- Claims customers whose usage changed, those that wait longest first, and answers how each stands. The accounts are read by a
-- statement of their own: it sees every change that the claimed ids stand for.
create or replace function metering.claim_usage_changes(p_bucket smallint, p_limit integer, p_claim_ms bigint) returns jsonb
  language plpgsql as $$
declare
  v_now timestamptz := metering.clock();
  v_claimed jsonb;
  v_answer jsonb;
begin
  perform metering.own_bucket(p_bucket);
  with due as (
    select u.customer_id from metering.usage_change u
    where u.bucket = p_bucket and u.claimed_until <= v_now
    order by u.claimed_until, u.customer_id limit p_limit for update skip locked),
  claimed as (
    update metering.usage_change u set claimed_until = metering.after_ms(v_now, p_claim_ms)
      from due d where u.bucket = p_bucket and u.customer_id = d.customer_id
      returning u.customer_id, u.change_id)
  select coalesce(jsonb_agg(jsonb_build_object('customerId', c.customer_id, 'changeId', c.change_id)), '[]')
    into v_claimed from claimed c;
  select coalesce(jsonb_agg(x.value || jsonb_build_object(
      'periodStart', c.billing->'subscription'->>'periodStart', 'resetsAt', c.billing->'subscription'->>'periodEnd',
      'asOf', v_now, 'accounts', coalesce(a.accounts, '[]')) order by x.n), '[]')
    into v_answer
    from jsonb_array_elements(v_claimed) with ordinality x(value, n)
    left join lateral (
      select c.billing from metering.customer c
      where c.bucket = p_bucket and c.customer_id = x.value->>'customerId' offset 0) c on true
    left join lateral (
      select jsonb_agg(metering.account_json(p_bucket, a.customer_id, a.meter) order by a.meter) as accounts
      from metering.account a where a.bucket = p_bucket and a.customer_id = x.value->>'customerId' offset 0) a on true;
  return v_answer;
end $$;
