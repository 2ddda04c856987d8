import { type Mutant, mutant, routine } from './mutant.ts'

const overspend = 'guard account_not_overspent'
const transition = 'guard operation_legal_transition'

/** Mistakes in admitting calls and in their keys. */
export const ADMISSION_MUTANTS: readonly Mutant[] = [
  mutant(
    'key scope without the customer',
    ['I3', 'I9', 'I8', 'I25', 'I16'],
    [
      'src/keys/operation-key.ts',
      'const key = `${customerId}',
      'const key = `${customerId.slice(0, 0)}',
    ],
  ),
  mutant(
    'admission forgets what is held',
    [overspend],
    [
      routine('apply_batch'),
      'select a.synced_balance - a.unsynced - a.held as available',
      'select a.synced_balance - a.unsynced as available',
    ],
  ),
  mutant(
    'admission forgets what is held, and the guard sleeps',
    ['I12'],
    [
      routine('apply_batch'),
      'select a.synced_balance - a.unsynced - a.held as available',
      'select a.synced_balance - a.unsynced as available',
    ],
    [
      routine('guard_account'),
      'if new.held + new.unsynced > old.held + old.unsynced',
      'if false and new.held + new.unsynced > old.held + old.unsynced',
    ],
  ),
  mutant(
    'the second meter is not asked',
    [overspend],
    [
      routine('refuse_unaffordable'),
      "in select value from jsonb_array_elements(p_call->'charges') loop",
      "in select value from jsonb_array_elements(p_call->'charges') limit 1 loop",
    ],
  ),
  mutant(
    'a takeover keeps the fence',
    [transition],
    [
      routine('take_over'),
      'set attempt = op.attempt + 1, fence = op.fence + 1, crashes',
      'set attempt = op.attempt + 1, crashes',
    ],
  ),
  mutant(
    'an attempt is lost with the one that it took over from',
    ['I23'],
    [
      'src/operation/heartbeat.ts',
      'const operations = renewed.map(({ operation }) => operation).filter(isNewest)',
      'const operations = renewed.map(({ operation }) => operation)',
    ],
  ),
  mutant(
    'a forgotten result runs again',
    [transition, 'I11', 'guard operation_is_whole'],
    [
      routine('answer_known_key'),
      "return jsonb_build_object('outcome', 'result_gone', 'operationId', o.operation_id);",
      'return null;',
    ],
  ),
  mutant(
    'the input is not compared',
    ['I25'],
    [
      routine('answer_known_key'),
      "if o.fingerprint <> (p_call->>'fingerprint')::uuid then",
      'if false then',
    ],
  ),
  mutant(
    'a poisoned key is tried for ever',
    ['I27'],
    [
      routine('answer_known_key'),
      "if o.crashes >= (p_policy->>'attemptsMax')::integer then",
      'if false then',
    ],
    [
      routine('take_over'),
      "if o.crashes + 1 >= (p_policy->>'attemptsMax')::integer then",
      'if false then',
    ],
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
    [
      routine('refuse_unaffordable'),
      "and not (p_call->>'feature' = any (c.features)) then",
      'and false then',
    ],
    [routine('apply_batch'), '(h.feature is null or exists (', '(true or exists ('],
  ),
  mutant(
    'keys are forgotten at once',
    ['I35', 'I9', 'I8', 'I25', 'guard operation_key_kept'],
    [
      routine('purge_expired'),
      "and o.state in ('voided', 'expired') and o.key <> o.operation_id",
      "and o.state <> 'executing' and o.key <> o.operation_id",
    ],
    [
      routine('purge_expired'),
      "and o.ended_at <= v_now - p_key_kept_ms * interval '1 millisecond'",
      '',
    ],
  ),
  mutant(
    'the key of a charged operation is forgotten in its time',
    ['guard operation_key_kept'],
    [
      routine('purge_expired'),
      "and o.state in ('voided', 'expired') and o.key <> o.operation_id",
      "and o.state <> 'executing' and o.key <> o.operation_id",
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
