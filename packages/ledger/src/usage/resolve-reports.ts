import { nearestSlug } from '@tollgate/contract/pricing'
import { type Selectable, sql } from 'kysely'
import { LedgerError, notFound } from '../core/ledger-error.ts'
import type { UsageMeterRecord } from '../core/pricing-model.ts'
import type { Queryable } from '../core/queryable.ts'
import { typed } from '../core/typed.ts'
import { readSuccessors } from '../subscriptions/read-successors.ts'
import type { UsageReport } from '../core/schemas/usage.ts'
import type { Tables } from '../core/tables.gen.ts'

/** A report whose subscription and meter are known. */
export type ResolvedReport = {
  report: UsageReport
  customerId: string
  /** The customer who pays for it if it is another: the owner of the subscription's successor. */
  payerIds: string[]
  usageMeterId: string
  priceId: string
  pricingModelId: string
  aggregationType: UsageMeterRecord['aggregationType']
}

type Target = Pick<
  Selectable<Tables['subscription']>,
  'customerId' | 'pricingModelId' | 'canceledAt'
> &
  Pick<Selectable<Tables['customer']>, 'archived' | 'dueAt'> & { subscriptionId: string }

type MeterPrice = Pick<Selectable<Tables['price']>, 'pricingModelId' | 'isDefault'> &
  Pick<UsageMeterRecord, 'aggregationType'> & {
    priceId: string
    priceSlug: string
    usageMeterId: string
    usageMeterSlug: string
  }

/** Finds the customer, meter and price of every report; one unknown name rejects them all. */
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
  const { rows } = await sql<Target>`
    select sub.id as subscription_id, sub.customer_id, sub.pricing_model_id, sub.canceled_at,
           customer.archived, customer.due_at
    from subscription sub
    join customer on customer.organization_id = sub.organization_id and customer.id = sub.customer_id
    where sub.organization_id = ${organizationId} and sub.id = any(${subscriptionIds})`.execute(
    typed(from, 'read-usage-targets'),
  )
  return new Map(rows.map((row) => [row.subscriptionId, row]))
}

async function readMeterPrices(
  from: Queryable,
  organizationId: string,
  pricingModelIds: string[],
): Promise<MeterPrice[]> {
  const { rows } = await sql<MeterPrice>`
    select price.pricing_model_id, price.id as price_id, price.slug as price_slug, price.is_default,
           meter.id as usage_meter_id, meter.slug as usage_meter_slug, meter.aggregation_type
    from price
    join usage_meter meter
      on meter.organization_id = price.organization_id and meter.id = price.usage_meter_id
    where price.organization_id = ${organizationId} and price.pricing_model_id = any(${pricingModelIds})
      and price.active`.execute(typed(from, 'read-meter-prices'))
  return rows
}
