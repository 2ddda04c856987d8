import type { Ledger } from '../core/ledger.ts'
import { LedgerError, notFound } from '../core/ledger-error.ts'
import { USAGE_METER_COLUMNS } from './catalog-columns.ts'
import type { UsageMeterRecord } from '../core/pricing-model.ts'
import { typed } from '../core/typed.ts'

/** Sorts after those that a pricing file orders. */
const LAST = 1_000

/** Adds a meter, with the price of its usage. */
export async function createUsageMeter(
  ledger: Ledger,
  meter: {
    organizationId: string
    pricingModelId: string
    slug: string
    name: string
    aggregationType: UsageMeterRecord['aggregationType']
    unitPrice: number
    usageEventsPerUnit: number
  },
): Promise<UsageMeterRecord> {
  const now = ledger.clock.now()
  return ledger.database.transaction(async (transaction) => {
    const { organizationId, pricingModelId } = meter
    const model = await typed(transaction)
      .selectFrom('pricingModel')
      .select('id')
      .where(({ and }) => and({ organizationId, id: pricingModelId }))
      .executeTakeFirst()
    const created =
      model &&
      (await typed(transaction)
        .insertInto('usageMeter')
        .values({
          organizationId,
          id: ledger.newId('usage_meter'),
          pricingModelId,
          slug: meter.slug,
          name: meter.name,
          aggregationType: meter.aggregationType,
          position: LAST,
          createdAt: now,
          updatedAt: now,
        })
        .onConflict((taken) =>
          taken.columns(['organizationId', 'pricingModelId', 'slug']).doNothing(),
        )
        .returning(USAGE_METER_COLUMNS)
        .executeTakeFirst())
    if (!created) {
      throw new LedgerError(
        'CONFLICT',
        `The slug "${meter.slug}" is taken, or there is no pricing model "${meter.pricingModelId}".`,
      )
    }
    const free = meter.unitPrice === 0
    await typed(transaction)
      .insertInto('price')
      .values({
        organizationId: meter.organizationId,
        id: ledger.newId('price'),
        pricingModelId: meter.pricingModelId,
        usageMeterId: created.id,
        type: 'usage',
        slug: `${meter.slug}_${free ? 'no_charge' : 'usage'}`,
        name: free ? `${meter.name} - No Charge` : meter.name,
        unitPrice: meter.unitPrice,
        currency: 'USD',
        intervalUnit: 'month',
        intervalCount: 1,
        usageEventsPerUnit: meter.usageEventsPerUnit,
        createdAt: now,
        updatedAt: now,
      })
      .execute()
    return created
  })
}

/** Reads a meter. */
export async function readUsageMeter(
  ledger: Ledger,
  { organizationId, usageMeterId }: { organizationId: string; usageMeterId: string },
): Promise<UsageMeterRecord> {
  const meter = await typed(ledger.database)
    .selectFrom('usageMeter')
    .select(USAGE_METER_COLUMNS)
    .where(({ and }) => and({ organizationId, id: usageMeterId }))
    .executeTakeFirst()
  if (!meter) throw notFound('usage meter', usageMeterId)
  return meter
}

/** Changes the name of a meter; how it counts is fixed once it has counted. */
export async function updateUsageMeter(
  ledger: Ledger,
  change: {
    organizationId: string
    usageMeterId: string
    name?: string | undefined
    slug?: string | undefined
    aggregationType?: UsageMeterRecord['aggregationType'] | undefined
  },
): Promise<UsageMeterRecord> {
  const before = await readUsageMeter(ledger, change)
  const { organizationId, usageMeterId, name, slug, aggregationType } = change
  if (aggregationType !== undefined && aggregationType !== before.aggregationType) {
    const used = await typed(ledger.database)
      .selectFrom('meterBalance')
      .select('usageMeterId')
      .where(({ and }) => and({ organizationId, usageMeterId }))
      .limit(1)
      .executeTakeFirst()
    if (used) {
      throw new LedgerError(
        'CONFLICT',
        'The meter has counted already; make a new one to count differently.',
      )
    }
  }
  await typed(ledger.database)
    .updateTable('usageMeter')
    .set({ name, slug, aggregationType, updatedAt: ledger.clock.now() })
    .where(({ and }) => and({ organizationId, id: usageMeterId }))
    .execute()
  return readUsageMeter(ledger, change)
}
