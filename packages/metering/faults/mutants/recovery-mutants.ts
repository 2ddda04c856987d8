import { type Mutant, mutant, routine } from './mutant.ts'

/** Mistakes that show once one side has lost data: after a restore, and when both sides are compared. */
export const RECOVERY_MUTANTS: readonly Mutant[] = [
  mutant(
    'a transaction id follows from the operation',
    ['I36'],
    [
      'src/relay/deliver-rows.ts',
      'row.transactionId === null ? transactionIdOf(secret, row) : transactionId(row.transactionId)',
      'transactionIdOf(secret, { ...row, key: row.operationId })',
    ],
    [
      'src/store/create-charge-reader.ts',
      'row.transactionId ?? transactionIdOf(secret, { key, meter })',
      'transactionIdOf(secret, { key: row.operationId, meter })',
    ],
    // The model derives its expected deliveries like the mutant, so that only a retry after a restore shows the mistake.
    [
      'conformance/model/store-events.ts',
      'return transactionIdOf(MODEL_SECRET, row)',
      'return transactionIdOf(MODEL_SECRET, { ...row, key: row.operationId })',
    ],
  ),
  mutant(
    'a sync does not ask about events that wait',
    ['I37'],
    [
      routine('claim_customer'),
      'or ev.subscription_id is not null and ev.next_at <= v_now',
      'or false and ev.next_at <= v_now',
    ],
  ),
  mutant(
    'a charge that the backend lost is not named',
    ['I38'],
    ['src/drift/cancel-pairs.ts', '&& !drifted.charge.delivered', '&& drifted.charge.delivered'],
  ),
  mutant(
    'usage on its way counts as lost',
    ['I38'],
    ['src/drift/cancel-pairs.ts', '&& !drifted.charge.delivered', '&& false'],
  ),
  mutant(
    'an event without a charge is not named',
    ['I38'],
    [
      'src/drift/compare-usage.ts',
      "yield { kind: 'missing_in_metering', customerId, event }",
      'continue',
    ],
  ),
  mutant(
    'a key that was retried after a restore is missing on both sides',
    ['I38'],
    ['src/drift/cancel-pairs.ts', 'other.kind !== drifted.kind', 'other.kind === drifted.kind'],
  ),
  mutant(
    'a lost event is delivered again under another id',
    ['I39'],
    [
      'src/drift/redeliver.ts',
      'transactionId: transactionId(charge.transactionId)',
      'transactionId: transactionId(`${charge.transactionId}_2`)',
    ],
  ),
  mutant(
    'a lost event is delivered again with the time of now',
    ['I39'],
    [
      'src/drift/redeliver.ts',
      '    subscriptionId,\n',
      '    subscriptionId,\n    occurredAt: charge.occurredAt + 1,\n',
    ],
  ),
]
