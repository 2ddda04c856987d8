import { seededMutant, type SeededMutant } from './seeded-mutant.ts'

const LEDGER = 'packages/ledger/src'
const PAID_ONCE = `${LEDGER}/payments/paid-once.test.ts`
const GRACE = `${LEDGER}/subscriptions/grace-period.test.ts`
const LATE = `${LEDGER}/usage/late-usage.test.ts`
const ONCE = `${LEDGER}/credits/once.test.ts`

/** Mistakes in the self-hosted backend's rules: moves, unpaid plans, payments, late usage, one-time credits. */
export const LEDGER_MUTANTS: readonly SeededMutant[] = [
  seededMutant(
    'a move leaves bought credits behind',
    [
      `${LEDGER}/customers/move-assets.ts`,
      ['grants: legacy.grants.filter((grant) => !isFreeOnceGrant(grant))', 'grants: []'],
    ],
    [`${LEDGER}/customers/move-customer.test.ts`, 'moves a top-up and its invoice'],
  ),
  seededMutant(
    'a move happens again under its key',
    [
      `${LEDGER}/customers/move-customer.ts`,
      ['  if (await wasDone(from, to, move.idempotencyKey)) return true\n', ''],
    ],
    [`${LEDGER}/customers/move-customer.test.ts`, 'moves once per key'],
  ),
  seededMutant(
    'an unpaid plan never ends',
    [
      `${LEDGER}/due/collect-payment.ts`,
      [
        'sql<number>`least(${graceEndsAt}, period_end)`',
        'sql<number>`least(${graceEndsAt}, period_end) + 1e12::bigint`',
      ],
    ],
    [GRACE, 'ends without a read, and is billed for no further period'],
  ),
  seededMutant(
    'an unpaid plan lifts the limit',
    [
      `${LEDGER}/usage/charge-events.ts`,
      [
        "  if (event.status === 'past_due' && event.usedAt >= event.periodStart) return false\n",
        '',
      ],
    ],
    [GRACE, 'counts usage of a meter that only a paid period makes unlimited'],
  ),
  seededMutant(
    'a second click makes a second payment',
    [
      `${LEDGER}/commands/adjust-subscription.ts`,
      [
        'waiting ? requireSame(waiting, planned) : await applyChange',
        'false ? requireSame(waiting, planned) : await applyChange',
      ],
      ['    slot: slotOf(subscription),\n', ''],
    ],
    [PAID_ONCE, 'is paid once when the provider times out'],
  ),
  seededMutant(
    'a pending payment counts as success',
    [
      `${LEDGER}/due/require-paid.ts`,
      [
        "  if (payment?.status === 'pending') throw paymentPending('The payment has no answer yet.')\n",
        '',
      ],
    ],
    [PAID_ONCE, 'is paid once when the provider times out'],
  ),
  seededMutant(
    'a plan that was paid twice keeps both payments',
    [
      `${LEDGER}/checkout/buy-product.ts`,
      ['    refund,\n  })\n  await announce', '    refund: false,\n  })\n  await announce'],
    ],
    [PAID_ONCE, 'start one plan when paid twice, and refund the second payment'],
  ),
  seededMutant(
    'late usage takes the credits of the new period',
    [
      `${LEDGER}/usage/pay-for.ts`,
      ['take(sharesOf(event, funds), event.amount)', 'take([], event.amount)'],
    ],
    [LATE, 'burns the expired credits of its own period'],
  ),
  seededMutant(
    'usage counts as used when it arrives',
    [
      `${LEDGER}/usage/used-at.ts`,
      [
        'event.created_at, event.usage_date + coalesce',
        'event.created_at, event.created_at + coalesce',
      ],
    ],
    [LATE, 'burns the expired credits of its own period'],
  ),
  seededMutant(
    'late usage takes whatever was written off',
    [
      `${LEDGER}/usage/pay-for.ts`,
      ['(after.get(grant.id) ?? 0) - (before.get(grant.id) ?? 0)', 'event.amount'],
    ],
    [LATE, 'leaves expired credits expired that could not have paid for it'],
  ),
  seededMutant(
    'late usage takes credits that came after it',
    [
      `${LEDGER}/usage/charge-events.ts`,
      [
        'meterKey(event) && grant.createdAt > event.usedAt',
        'meterKey(event) && grant.createdAt < 0',
      ],
    ],
    [LATE, 'burns no credits granted after it'],
  ),
  seededMutant(
    'a batch of late usage is paid as if nothing had come before it',
    [
      `${LEDGER}/usage/pay-for.ts`,
      [
        '  funds.history = withUsage(funds.history, event)\n  const after = replay(funds.history)\n',
        '  const after = replay(withUsage(funds.history, event))\n',
      ],
    ],
    [LATE, 'leaves the same balances also when most of it is owed'],
  ),
  seededMutant(
    'a reversed expiry is not posted',
    [
      `${LEDGER}/usage/pay-for.ts`,
      ['      if (grant.writtenOff) {', '      if (grant.writtenOff && amount < 0) {'],
    ],
    [LATE, 'burns the expired credits of its own period'],
  ),
  seededMutant(
    'usage of an unlimited meter takes bought credits',
    [
      `${LEDGER}/usage/charge-events.ts`,
      ['event.unlimitedUntil !== null && event.unlimitedUntil > event.usedAt', 'event.amount < 0'],
    ],
    [LATE, 'leaves bought and granted credits untouched'],
  ),
  seededMutant(
    'the limit counts as lifted only while it still is',
    [
      `${LEDGER}/usage/charge-events.ts`,
      ['event.unlimitedUntil > event.usedAt', 'event.unlimitedUntil > Date.UTC(9999, 0)'],
    ],
    [LATE, 'leaves bought credits untouched when it is delivered after the plan has ended'],
  ),
  seededMutant(
    'once-credits are granted with every change of plan',
    [
      `${LEDGER}/credits/grant-plan-credits.ts`,
      ['  if (await wasGrantedOnce(tx, feature.featureId)) return\n', ''],
      ['reason: `once:${feature.featureId}`', 'reason: `once:${feature.id}`'],
    ],
    [ONCE, 'grants once-credits once per customer'],
  ),
  seededMutant(
    'once-credits are granted again to the customer they moved to',
    [
      `${LEDGER}/credits/grant-plan-credits.ts`,
      ['customer_id in ${customerIds}', 'customer_id = ${tx.customerId}'],
    ],
    [ONCE, 'grants none again to a customer whose moved plan had used them up'],
  ),
]
