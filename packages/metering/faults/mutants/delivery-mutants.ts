import { type Mutant, mutant, routine } from './mutant.ts'

const overspend = 'guard account_not_overspent'

/** Mistakes in what is sent to the backend and in trusting its responses. */
export const DELIVERY_MUTANTS: readonly Mutant[] = [
  mutant(
    'relay marks before it sends',
    ['I7', 'I26', 'I32'],
    [
      'src/relay/deliver-rows.ts',
      '  if (receipt?.transactionId === id) return receipt',
      "  if (receipt?.outcome !== 'unauthorized') {\n    const { amount, subscriptionId, meter } = delivery\n    return { transactionId: id, outcome: 'recorded', amount, subscriptionId, meter }\n  }",
    ],
  ),
  mutant(
    'what came back is not compared',
    ['I7', 'I32'],
    [
      routine('record_deliveries'),
      "when d.outcome = 'recorded' and e.difference is null then 'delivered'",
      "when d.outcome = 'recorded' then 'delivered'",
    ],
  ),
  mutant(
    'a new transaction id per sending',
    ['I7', 'I20', 'I22', 'I26', 'I32'],
    [
      'src/relay/deliver-rows.ts',
      'row.transactionId === null ? transactionIdOf(secret, row) : transactionId(row.transactionId)',
      'transactionIdOf(secret, { ...row, key: `${row.key} ${row.sendings}` })',
    ],
  ),
  mutant(
    'admission forgets what is unsynced',
    [overspend],
    [
      routine('apply_batch'),
      'select a.synced_balance - a.unsynced - a.held as available',
      'select a.synced_balance - a.held as available',
    ],
  ),
  mutant(
    'a sync forgets what is on its way',
    ['I4'],
    [
      routine('apply_sync'),
      'where e.bucket = p_bucket and e.customer_id = p_customer and e.meter = a.meter)',
      'where false)',
    ],
  ),
  mutant(
    'a balance is read while events are in doubt',
    ['guard sync_is_exact'],
    [
      'src/sync/sync-customer.ts',
      `  if (open.length === 0) return
`,
      `  if (open) return
`,
    ],
  ),
  mutant(
    'a balance is believed while events are in doubt',
    ['I32', 'I13'],
    [
      'src/sync/sync-customer.ts',
      `  if (open.length === 0) return
`,
      `  if (open) return
`,
    ],
    [routine('apply_sync'), 'and not e.quarantined and e.unanswered > 0) then', 'and false) then'],
  ),
  mutant(
    'a sending is forgotten',
    ['I32', 'I13'],
    [
      routine('claim_deliveries'),
      'set sendings = e.sendings + 1, unanswered = e.unanswered + 1',
      'set sendings = e.sendings + 1',
    ],
  ),
  mutant(
    'a refusal is taken for an answer to every sending',
    ['I32', 'I13'],
    [
      routine('record_deliveries'),
      'unanswered = greatest(0, e.unanswered - d.refusal)',
      'unanswered = case when d.refusal > 0 then 0 else e.unanswered end',
    ],
    [
      'src/sync/sync-customer.ts',
      "(answer === 'refused' && unanswered === 1)",
      "(answer === 'refused' && unanswered > 0)",
    ],
  ),
  mutant(
    'a refusal is given without having been certain',
    ['I13'],
    [
      'src/operation/place-operation.ts',
      "!failure && !('doubtful' in answer)",
      "!('doubtful' in answer)",
    ],
  ),
  mutant(
    'a delivery leaves the balance as it was',
    ['I26', 'I4', 'I32'],
    [
      routine('record_deliveries'),
      'set synced_balance = a.synced_balance - t.amount, unsynced = a.unsynced - t.amount',
      'set unsynced = a.unsynced - t.amount',
    ],
  ),
  mutant(
    'usage is dated when it is sent',
    ['I7'],
    [
      routine('claim_deliveries'),
      's.subscription_id, s.occurred_at, s.refusals',
      's.subscription_id, metering.clock(), s.refusals',
    ],
  ),
]
