import { nearestSlug } from '@tollgate/contract/pricing'
import { anyOf } from '../core/any-of.ts'
import { LedgerError, notFound } from '../core/ledger-error.ts'
import type { UsageMeterRecord } from '../core/pricing-model.ts'
import type { Queryable } from '../core/queryable.ts'
import { typed } from '../core/typed.ts'
import { readSuccessors } from '../subscriptions/read-successors.ts'
import type { UsageReport } from '../core/schemas/usage.ts'

/** A report whose subscription and meter are known. */
export type ResolvedReport = {
  report: UsageReport
  customerId: string
  /** The other customer who pays for it: the owner of the subscription's successor. */
  payerIds: string[]
  usageMeterId: string
  priceId: string
  pricingModelId: string
  aggregationType: UsageMeterRecord['aggregationType']
}

type MeterPrice = Awaited<ReturnType<typeof readMeterPrices>>[number]

/** Finds the customer, the meter and the price of every report; one unknown name refuses them all. */
export async function resolveReports(
  from: Queryable,
  { organizationId, reports }: { organizationId: string; reports: readonly UsageReport[] },
): Promise<{ resolved: ResolvedReport[]; dueCustomers: Map<string, number> }> {
  const targets = await readTargets(from, organizationId, reports)
  const models = [...new Set([...targets.values()].map(({ pricingModelId }) => pricingModelId))]
  const meterPrices = await readMeterPrices(from, organizationId, models)
  const dueCustomers = new Map<string, number>()
  const successors = await readSuccessors(from, {
    organizationId,
    subscriptionIds: [...targets.values()]
      .filter(({ canceledAt }) => canceledAt !== null)
      .map(({ subscriptionId }) => subscriptionId),
  })
  for (const { customerId, dueAt } of successors.values()) {
    if (dueAt !== null) dueCustomers.set(customerId, dueAt)
  }
  const resolved = reports.map((report) => {
    const target = targets.get(report.subscriptionId)
    if (!target) throw notFound('subscription', report.subscriptionId)
    if (target.archived) {
      throw new LedgerError(
        'BAD_REQUEST',
        'The customer is archived; archived customers use nothing.',
      )
    }
    if (target.dueAt !== null) dueCustomers.set(target.customerId, target.dueAt)
    const price = findMeterPrice(
      meterPrices.filter(({ pricingModelId }) => pricingModelId === target.pricingModelId),
      report,
    )
    const payer = successors.get(report.subscriptionId)
    return { report, ...target, ...price, payerIds: payer ? [payer.customerId] : [] }
  })
  return { resolved, dueCustomers }
}

function findMeterPrice(prices: MeterPrice[], report: UsageReport): MeterPrice {
  const { usageMeterId, usageMeterSlug, priceId, priceSlug } = report
  const byMeter = usageMeterId ?? usageMeterSlug
  if (byMeter !== undefined) {
    const own = prices.filter(
      (price) => price.usageMeterId === usageMeterId || price.usageMeterSlug === usageMeterSlug,
    )
    const found = own.find((price) => price.isDefault) ?? own[0]
    if (found) return found
    throw unknown(
      'usage meter',
      byMeter,
      prices.map((price) => price.usageMeterSlug),
    )
  }
  const found = prices.find((price) => price.priceId === priceId || price.priceSlug === priceSlug)
  if (found) return found
  throw unknown(
    'usage price',
    priceId ?? priceSlug ?? '',
    prices.map((price) => price.priceSlug),
  )
}

function unknown(kind: string, name: string, known: string[]): LedgerError {
  const near = nearestSlug(name, [...new Set(known)])
  if (!near) return notFound(kind, name)
  return new LedgerError('NOT_FOUND', `There is no ${kind} "${name}". Did you mean "${near}"?`)
}

async function readTargets(
  from: Queryable,
  organizationId: string,
  reports: readonly UsageReport[],
) {
  const subscriptionIds = [...new Set(reports.map(({ subscriptionId }) => subscriptionId))]
  const rows = await typed(from, 'read-usage-targets')
    .selectFrom(['subscription as sub', 'customer'])
    .whereRef('customer.organizationId', '=', 'sub.organizationId')
    .whereRef('customer.id', '=', 'sub.customerId')
    .where('sub.organizationId', '=', organizationId)
    .where('sub.id', '=', anyOf(subscriptionIds))
    .select(['sub.id as subscriptionId', 'sub.customerId', 'sub.pricingModelId'])
    .select(['sub.canceledAt', 'customer.archived', 'customer.dueAt'])
    .execute()
  return new Map(rows.map((row) => [row.subscriptionId, row]))
}

function readMeterPrices(from: Queryable, organizationId: string, pricingModelIds: string[]) {
  return typed(from, 'read-meter-prices')
    .selectFrom(['price', 'usageMeter as meter'])
    .whereRef('meter.organizationId', '=', 'price.organizationId')
    .whereRef('meter.id', '=', 'price.usageMeterId')
    .where('price.organizationId', '=', organizationId)
    .where('price.pricingModelId', '=', anyOf(pricingModelIds))
    .where('price.active', 'is', true)
    .select(['price.pricingModelId', 'price.id as priceId', 'price.slug as priceSlug'])
    .select(['price.isDefault', 'meter.id as usageMeterId', 'meter.slug as usageMeterSlug'])
    .select('meter.aggregationType')
    .execute()
}
