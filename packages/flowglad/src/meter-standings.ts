import type { BalanceSource, Catalog, MeterStanding } from '@tollgate/contract'
import { isInForce } from './is-in-force.ts'
import type { WireBalance, WireFeatureItem, WireSubscription } from './wire.ts'

/** Each of our meters as Flowglad counts it; a meter it does not list has no credits. */
export function meterStandings(
  catalog: Catalog,
  subscription: WireSubscription | null,
  now: Date,
): MeterStanding[] {
  const balances = new Map(
    subscription?.experimental?.usageMeterBalances.map((balance) => [balance.slug, balance]),
  )
  return Object.keys(catalog.meters).map((meter) => {
    const balance = balances.get(meter)
    return subscription && balance
      ? standing({ meter, balance, subscription, now })
      : { meter, available: 0, granted: 0, breakdown: [] }
  })
}

type Listed = {
  meter: string
  balance: WireBalance
  subscription: WireSubscription
  now: Date
}

function standing({ meter, balance, subscription, now }: Listed): MeterStanding {
  const available = Math.floor(balance.availableBalance)
  if (balance.balanceLimit !== undefined && balance.breakdown !== undefined) {
    return { meter, available, granted: balance.balanceLimit, breakdown: exact(balance.breakdown) }
  }
  const grants = (subscription.experimental?.featureItems ?? []).filter(
    (item) =>
      item.type === 'usage_credit_grant' &&
      item.usageMeterId === balance.id &&
      isInForce(item, now),
  )
  const breakdown = derived({ grants, available, periodEnd: subscription.currentBillingPeriodEnd })
  const granted =
    balance.balanceLimit ?? breakdown.reduce((total, source) => total + source.granted, 0)
  return { meter, available, granted, breakdown }
}

function exact(breakdown: NonNullable<WireBalance['breakdown']>): BalanceSource[] {
  return breakdown.map(({ expiresAt, ...source }) => ({
    ...source,
    expiresAt: expiresAt === null ? null : new Date(expiresAt).toISOString(),
  }))
}

/**
 * Derives where credits came from when Flowglad sends only what is left: the grants of the plan, used up in Flowglad's order
 * (soonest-expiring first), and one more line for credits that no grant explains.
 */
function derived(options: {
  grants: WireFeatureItem[]
  available: number
  periodEnd: number | null | undefined
}): BalanceSource[] {
  const { grants, available, periodEnd } = options
  const expiresAt = typeof periodEnd === 'number' ? new Date(periodEnd).toISOString() : null
  const sources = grants
    .map((item): BalanceSource => {
      const renews = item.renewalFrequency === 'every_billing_period'
      const amount = item.amount ?? 0
      return {
        source: renews ? 'plan' : 'topup',
        name: item.name,
        granted: amount,
        remaining: amount,
        expiresAt: renews ? expiresAt : null,
      }
    })
    .toSorted((a, b) => Number(b.source === 'plan') - Number(a.source === 'plan'))
  let used = sources.reduce((total, source) => total + source.granted, 0) - available
  if (used < 0) {
    const extra = { name: 'Other credits', granted: -used, remaining: -used, expiresAt: null }
    return [...sources, { source: 'grant', ...extra }]
  }
  for (const source of sources) {
    const taken = Math.min(used, source.remaining)
    source.remaining -= taken
    used -= taken
  }
  return sources
}
