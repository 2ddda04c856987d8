import type { Ledger } from '../core/ledger.ts'
import { LedgerError, notFound } from '../core/ledger-error.ts'
import { USAGE_METER_COLUMNS } from './catalog-columns.ts'
import type { UsageMeterRecord } from '../core/pricing-model.ts'

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
    const [created] = await transaction.query<UsageMeterRecord>({
      text: `insert into usage_meter
               (organization_id, id, pricing_model_id, slug, name, aggregation_type, position, created_at, updated_at)
             select $1, $2, model.id, $4, $5, $6, 1000, $7, $7
             from pricing_model model where model.organization_id = $1 and model.id = $3
             on conflict (organization_id, pricing_model_id, slug) do nothing
             returning ${USAGE_METER_COLUMNS}`,
      values: [
        meter.organizationId,
        ledger.newId('usage_meter'),
        meter.pricingModelId,
        meter.slug,
        meter.name,
        meter.aggregationType,
        now,
      ],
    })
    if (!created) {
      throw new LedgerError(
        'CONFLICT',
        `The slug "${meter.slug}" is taken, or there is no pricing model "${meter.pricingModelId}".`,
      )
    }
    const free = meter.unitPrice === 0
    await transaction.query({
      text: `insert into price
               (organization_id, id, pricing_model_id, usage_meter_id, type, slug, name, unit_price, currency,
                interval_unit, interval_count, usage_events_per_unit, created_at, updated_at)
             values ($1, $2, $3, $4, 'usage', $5, $6, $7, 'USD', 'month', 1, $8, $9, $9)`,
      values: [
        meter.organizationId,
        ledger.newId('price'),
        meter.pricingModelId,
        created.id,
        `${meter.slug}_${free ? 'no_charge' : 'usage'}`,
        free ? `${meter.name} - No Charge` : meter.name,
        meter.unitPrice,
        meter.usageEventsPerUnit,
        now,
      ],
    })
    return created
  })
}

/** Reads a meter. */
export async function readUsageMeter(
  ledger: Ledger,
  { organizationId, usageMeterId }: { organizationId: string; usageMeterId: string },
): Promise<UsageMeterRecord> {
  const [meter] = await ledger.database.query<UsageMeterRecord>({
    text: `select ${USAGE_METER_COLUMNS} from usage_meter where organization_id = $1 and id = $2`,
    values: [organizationId, usageMeterId],
  })
  if (!meter) throw notFound('usage meter', usageMeterId)
  return meter
}

/** Changes what a meter is called; how it counts is fixed once it has counted. */
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
  const { organizationId, usageMeterId } = change
  if (change.aggregationType !== undefined && change.aggregationType !== before.aggregationType) {
    const used = await ledger.database.query({
      text: `select usage_meter_id from meter_balance
             where organization_id = $1 and usage_meter_id = $2 limit 1`,
      values: [organizationId, usageMeterId],
    })
    if (used.length > 0) {
      throw new LedgerError(
        'CONFLICT',
        'The meter has counted already; make a new one to count differently.',
      )
    }
  }
  await ledger.database.query({
    text: `update usage_meter set name = $3, slug = $4, aggregation_type = $5, updated_at = $6
           where organization_id = $1 and id = $2`,
    values: [
      organizationId,
      usageMeterId,
      change.name ?? before.name,
      change.slug ?? before.slug,
      change.aggregationType ?? before.aggregationType,
      ledger.clock.now(),
    ],
  })
  return readUsageMeter(ledger, change)
}
