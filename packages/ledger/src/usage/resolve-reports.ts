import { nearestSlug } from '@tollgate/contract/pricing'
import { LedgerError, notFound } from '../core/ledger-error.ts'
import type { Queryable } from '../core/queryable.ts'
import { readSuccessors } from '../subscriptions/read-successors.ts'
import type { UsageReport } from './usage-event.ts'

/** A report whose subscription and meter are known. */
export type ResolvedReport = {
  report: UsageReport
  customerId: string
  /** The other customer who pays for it: the owner of the subscription's successor. */
  payerIds: string[]
  usageMeterId: string
  priceId: string
  pricingModelId: string
  countsDistinct: boolean
}

type Target = {
  subscriptionId: string
  customerId: string
  pricingModelId: string
  archived: boolean
  ended: boolean
  dueAt: number | null
}

type MeterPrice = {
  pricingModelId: string
  priceId: string
  priceSlug: string
  isDefault: boolean
  usageMeterId: string
  usageMeterSlug: string
  countsDistinct: boolean
}

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
      .filter(({ ended }) => ended)
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
): Promise<Map<string, Target>> {
  const rows = await from.query<Target>({
    name: 'read-usage-targets',
    text: `select sub.id as "subscriptionId", sub.customer_id as "customerId",
                  sub.pricing_model_id as "pricingModelId", customer.archived,
                  sub.canceled_at is not null as ended, customer.due_at as "dueAt"
           from subscription sub
           join customer on customer.organization_id = sub.organization_id and customer.id = sub.customer_id
           where sub.organization_id = $1 and sub.id = any($2)`,
    values: [organizationId, [...new Set(reports.map(({ subscriptionId }) => subscriptionId))]],
  })
  return new Map(rows.map((row) => [row.subscriptionId, row]))
}

function readMeterPrices(from: Queryable, organizationId: string, pricingModelIds: string[]) {
  return from.query<MeterPrice>({
    name: 'read-meter-prices',
    text: `select price.pricing_model_id as "pricingModelId", price.id as "priceId", price.slug as "priceSlug",
                  price.is_default as "isDefault", meter.id as "usageMeterId", meter.slug as "usageMeterSlug",
                  meter.aggregation_type = 'count_distinct_properties' as "countsDistinct"
           from price
           join usage_meter meter
             on meter.organization_id = price.organization_id and meter.id = price.usage_meter_id
           where price.organization_id = $1 and price.pricing_model_id = any($2) and price.active`,
    values: [organizationId, pricingModelIds],
  })
}
