import { MIGRATIONS, type Mutant, mutant } from './mutant.ts'

const overspend = 'guard account_not_overspent'

/** Mistakes about what the backend is told and what is believed of it. */
export const DELIVERY_MUTANTS: readonly Mutant[] = [
  mutant(
    'relay marks before it sends',
    ['I7', 'I26', 'I32'],
    [
      'src/relay/deliver-rows.ts',
      "  if (receipt.outcome === 'recorded') {\n    const { amount, subscriptionId, meter } = receipt",
      "  if (receipt.outcome !== 'unauthorized') {\n    const { amount, subscriptionId, meter } = row",
    ],
  ),
  mutant(
    'what came back is not compared',
    ['I7', 'I32'],
    [
      MIGRATIONS,
      "= 'recorded' and e.difference is null then 'delivered'",
      "= 'recorded' then 'delivered'",
    ],
  ),
  mutant(
    'a new transaction id per sending',
    ['I7', 'I20', 'I22', 'I32'],
    [
      MIGRATIONS,
      "metering.delivery_json(e) || jsonb_build_object('fence', v_fence) as delivery",
      "metering.delivery_json(e) || jsonb_build_object('fence', v_fence, 'transactionId', e.transaction_id || '_' || e.sendings) as delivery",
    ],
  ),
  mutant(
    'admission forgets what is unsynced',
    [overspend],
    [
      MIGRATIONS,
      'select a.ctid as account_ctid, a.synced_balance - a.unsynced - a.held as available,\n          a.unlimited',
      'select a.ctid as account_ctid, a.synced_balance - a.held as available,\n          a.unlimited',
    ],
  ),
  mutant(
    'a sync forgets what is on its way',
    ['I4'],
    [
      MIGRATIONS,
      "where e.customer_id = p_customer and e.meter = a.meter and e.state <> 'delivered')",
      'where false)',
    ],
  ),
  mutant(
    'a balance is read while events are in doubt',
    ['guard sync_is_exact'],
    ['src/sync/sync-customer.ts', '  if (open.length === 0) return\n', '  if (open) return\n'],
  ),
  mutant(
    'a balance is believed while events are in doubt',
    ['I32', 'I13'],
    ['src/sync/sync-customer.ts', '  if (open.length === 0) return\n', '  if (open) return\n'],
    [
      MIGRATIONS,
      "where e.customer_id = p_customer and e.state = 'pending' and e.in_doubt) then",
      'where false) then',
    ],
  ),
  mutant(
    'a sending is forgotten',
    ['I32', 'I13'],
    [MIGRATIONS, 'old.unanswered + new.sendings - old.sendings -', 'old.unanswered -'],
  ),
  mutant(
    'a refusal is taken for an answer to every sending',
    ['I32', 'I13'],
    [
      MIGRATIONS,
      'old.unanswered + new.sendings - old.sendings - greatest(0, new.refusals - old.refusals));',
      'case when new.refusals > old.refusals then 0 else old.unanswered + new.sendings - old.sendings end);',
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
      '        throw billingUnavailable(context.policy.retryAfterMs, failure.error)',
      '        throw await placeRefusal(context, call, answer)',
    ],
  ),
  mutant(
    'a delivery leaves the balance as it was',
    ['I26', 'I4', 'I32'],
    [
      MIGRATIONS,
      'set synced_balance = a.synced_balance - d.amount, unsynced = a.unsynced - d.amount',
      'set unsynced = a.unsynced - d.amount',
    ],
  ),
  mutant(
    'usage is dated when it is sent',
    ['I7'],
    [
      MIGRATIONS,
      'floor(extract(epoch from e.occurred_at) * 1000)',
      'floor(extract(epoch from metering.clock()) * 1000)',
    ],
  ),
]
