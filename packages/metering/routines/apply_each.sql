-- Settles, releases and places what is not the common case, one element at a time and in order; one { kind, answer } per element.
-- Calling it again with the same element answers the same, so an unknown commit is read back by asking once more.
-- An element: { kind: 'settle', customerId, operationId, fence, amounts: { meter: used }, resultKeptMs }, its result is
-- p_results[n]; { kind: 'release', customerId, operationId, fence }, either with costs: [{ provider, model, calls, … }]; or { kind: 'place', customerId, name, email, operationId,
-- key, fingerprint, procedure, feature, leaseMs, deadlineMs, charges: [{ meter, hold }] }.
-- The policy: { staleAfterMs, freshForMs, attemptsMax }.
create or replace function metering.apply_each(p_bucket smallint, p_elements jsonb, p_results text[], p_policy jsonb) returns jsonb
  language plpgsql as $$
declare
  v_answers jsonb := '[]';
  v_now timestamptz;
  e record;
begin
  perform metering.own_bucket(p_bucket);
  perform metering.lock_accounts(p_bucket, p_elements);
  v_now := metering.clock();
  for e in select x.value as element, x.n from jsonb_array_elements(p_elements) with ordinality x(value, n) order by x.n loop
    v_answers := v_answers || jsonb_build_object('kind', e.element->'kind', 'answer', case e.element->>'kind'
      when 'settle' then metering.settle_one(p_bucket, e.element, p_results[e.n], v_now)
      when 'release' then metering.release_one(p_bucket, e.element, v_now)
      else metering.place_one(p_bucket, e.element, p_policy, v_now) end);
    v_now := v_now + interval '1 microsecond';
  end loop;
  return v_answers;
end $$;
