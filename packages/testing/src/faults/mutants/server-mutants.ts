import { seededMutant, type SeededMutant } from './seeded-mutant.ts'

const DRIFT = 'packages/metering/src/drift'
const DRIFT_TEST = 'apps/devtools/src/drift/drift.test.ts'
const PURCHASES = 'apps/server/e2e/guest-purchases.test.ts'

/** Mistakes where everything is composed: a guest's purchases, and drift between metering and the backend. */
export const SERVER_MUTANTS: readonly SeededMutant[] = [
  seededMutant(
    'a guest with purchases can be removed',
    [
      'apps/server/src/auth/resolve-guest-purchases.ts',
      [
        'if (!(await purchases.exist(guest.customer))) return null',
        'if (await purchases.exist(guest.customer)) return null',
      ],
    ],
    [PURCHASES, 'gets the reason when signing out is refused'],
  ),
  seededMutant(
    'a guest leaves without its purchases while billing is away',
    [
      'apps/server/src/auth/resolve-guest-purchases.ts',
      [
        'if (error instanceof BillingBackendError) return refusalOf(error)',
        'if (error instanceof BillingBackendError) return null',
      ],
    ],
    [PURCHASES, 'stays the guest when billing cannot be asked'],
  ),
  seededMutant(
    'a charge that the backend lost is not named',
    [`${DRIFT}/cancel-pairs.ts`, ['&& !drifted.charge.delivered', '&& drifted.charge.delivered']],
    [DRIFT_TEST, 'names exactly the events that the backend lost'],
  ),
  seededMutant(
    'usage on its way counts as lost',
    [`${DRIFT}/cancel-pairs.ts`, ['&& !drifted.charge.delivered', '&& false']],
    [DRIFT_TEST, 'does not take usage for drift that is still on its way'],
  ),
  seededMutant(
    'an event that metering has forgotten is not named',
    [
      `${DRIFT}/compare-usage.ts`,
      [
        'if (await isChargedHere(sides, { customerId, event })) continue',
        'if (!(await isChargedHere(sides, { customerId, event }))) continue',
      ],
    ],
    [DRIFT_TEST, 'names exactly the events that metering has forgotten'],
  ),
  seededMutant(
    'amounts are not compared',
    [`${DRIFT}/compare-usage.ts`, ['charge.amount !== event.amount || ', '']],
    [DRIFT_TEST, 'names an event whose amount differs'],
  ),
  seededMutant(
    'the events of a forgotten customer are not looked at',
    [
      `${DRIFT}/find-drift.ts`,
      ['if (!(await hasCharges(sides, span))) yield*', 'if (await hasCharges(sides, span)) yield*'],
    ],
    [DRIFT_TEST, 'names the events of a customer of whom metering has forgotten every charge'],
  ),
  seededMutant(
    'what a page leaves over is not compared',
    [`${DRIFT}/compare-usage.ts`, ['[...carried, ...page.charges]', '[...page.charges]']],
    [DRIFT_TEST, 'finds the same whatever the size of a page'],
  ),
  seededMutant(
    'a charge is known by its transaction id alone',
    [
      `${DRIFT}/compare-usage.ts`,
      [' ?? byOperation.get(operationOf(event))', ''],
      [' || operationOf(charge) === operationOf(event)', ''],
    ],
    [DRIFT_TEST, 'recognizes charges by their operation'],
  ),
  seededMutant(
    'a key that was retried after a restore is missing on both sides',
    [`${DRIFT}/cancel-pairs.ts`, ['other.kind !== drifted.kind', 'other.kind === drifted.kind']],
    [DRIFT_TEST, 'recognizes a key that was retried after a restore'],
  ),
  seededMutant(
    'a lost event is delivered again under another id',
    [
      `${DRIFT}/redeliver.ts`,
      [
        'transactionId: transactionId(charge.transactionId)',
        'transactionId: transactionId(`${charge.transactionId}_2`)',
      ],
    ],
    [DRIFT_TEST, 'names exactly the events that the backend lost'],
  ),
]
