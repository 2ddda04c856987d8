import { MIGRATIONS, type Mutant, mutant } from './mutant.ts'

const overspend = 'guard account_not_overspent'
const transition = 'guard operation_legal_transition'

/** Mistakes about who is let in, and under which key. */
export const ADMISSION_MUTANTS: readonly Mutant[] = [
  mutant(
    'key scope without the customer',
    ['I9', 'I8', 'I25', 'I16'],
    [
      MIGRATIONS,
      "where customer_id = v_customer and procedure = p_call->>'procedure' and key_hash = p_call->>'keyHash' for update",
      "where procedure = p_call->>'procedure' and key_hash = p_call->>'keyHash' limit 1 for update",
    ],
    [MIGRATIONS, 'where o.customer_id = call.customer_id and o.procedure', 'where o.procedure'],
  ),
  mutant(
    'admission forgets what is held',
    [overspend],
    [
      MIGRATIONS,
      'select a.ctid as account_ctid, a.synced_balance - a.unsynced - a.held as available,\n          a.unlimited',
      'select a.ctid as account_ctid, a.synced_balance - a.unsynced as available,\n          a.unlimited',
    ],
  ),
  mutant(
    'admission forgets what is held, and the guard sleeps',
    ['I12'],
    [
      MIGRATIONS,
      'select a.ctid as account_ctid, a.synced_balance - a.unsynced - a.held as available,\n          a.unlimited',
      'select a.ctid as account_ctid, a.synced_balance - a.unsynced as available,\n          a.unlimited',
    ],
    [
      MIGRATIONS,
      'if new.held + new.unsynced > old.held + old.unsynced',
      'if false and new.held + new.unsynced > old.held + old.unsynced',
    ],
  ),
  mutant(
    'the second meter is not asked',
    [overspend],
    [
      MIGRATIONS,
      "for v_charge in select value from jsonb_array_elements(p_call->'charges') loop",
      "for v_charge in select value from jsonb_array_elements(p_call->'charges') limit 1 loop",
    ],
  ),
  mutant(
    'a takeover keeps the fence',
    [transition],
    [
      MIGRATIONS,
      'set attempt = attempt + 1, fence = fence + 1, crashes = crashes + 1, attempt_token',
      'set attempt = attempt + 1, crashes = crashes + 1, attempt_token',
    ],
  ),
  mutant(
    'a forgotten result runs again',
    [transition, 'I11'],
    [
      MIGRATIONS,
      "return jsonb_build_object('outcome', 'result_gone', 'operationId', o.operation_id);\n  end if;\n  if o.state = 'settled' then",
      "return null;\n  end if;\n  if o.state = 'settled' then",
    ],
  ),
  mutant(
    'the input is not compared',
    ['I25'],
    [MIGRATIONS, "if o.fingerprint <> p_call->>'fingerprint' then", 'if false then'],
  ),
  mutant(
    'a poisoned key is tried for ever',
    ['I27'],
    [MIGRATIONS, "if o.crashes >= (p_policy->>'attemptsMax')::integer then", 'if false then'],
    [MIGRATIONS, "if o.crashes + 1 >= (p_policy->>'attemptsMax')::integer then", 'if false then'],
  ),
  mutant(
    '402 without asking the backend first',
    ['I13'],
    [
      'src/operation/place-operation.ts',
      "outcome === 'stale' || outcome === 'insufficient' || outcome",
      "outcome === 'stale' || outcome",
    ],
  ),
  mutant(
    'the plan is not asked for the feature',
    ['I28'],
    [MIGRATIONS, "and not (p_call->>'feature' = any (c.features)) then", 'and false then'],
    [MIGRATIONS, 'and (call.feature is null or call.feature = any (c.features))', ''],
  ),
  mutant(
    'what is let in blindly is not bounded',
    ['I29'],
    [MIGRATIONS, "if a.degraded + v_hold > (p_call->>'openLimit')::bigint then", 'if false then'],
  ),
  mutant(
    "a customer's own cap is not asked",
    ['I33'],
    [MIGRATIONS, 'if metering.cap_room(a) < v_hold then', 'if false then'],
  ),
  mutant(
    'a cap forgets what is held',
    ['I33'],
    [MIGRATIONS, 'greatest(0, a.spend_cap - a.held - case', 'greatest(0, a.spend_cap - case'],
  ),
  mutant(
    'a cap forgets what was charged',
    ['I33'],
    [
      MIGRATIONS,
      'when a.spent_month = metering.this_month() then a.spent else 0 end);',
      'when false then 0 else 0 end);',
    ],
  ),
  mutant(
    'keys are forgotten at once',
    ['I35', 'I9', 'I8'],
    [MIGRATIONS, 'and ended_at <= metering.after_ms(v_now, -p_key_kept_ms)', ''],
  ),
  mutant(
    'a key is kept from its beginning',
    ['I35'],
    [
      MIGRATIONS,
      'and ended_at <= metering.after_ms(v_now, -p_key_kept_ms)',
      'and created_at <= metering.after_ms(v_now, -p_key_kept_ms)',
    ],
  ),
  mutant(
    'a month begins at midnight where the server stands',
    ['I33'],
    [
      MIGRATIONS,
      "select date_trunc('month', metering.clock() at time zone 'UTC')::date",
      "select date_trunc('month', metering.clock())::date",
    ],
  ),
  mutant(
    'a transport error reaches the caller',
    ['I31'],
    [
      'src/operation/place-operation.ts',
      'throw billingUnavailable(context.policy.retryAfterMs, error)',
      'throw error',
    ],
  ),
]
