import type { Ledger } from '../core/ledger.ts'
import { LedgerError } from '../core/ledger-error.ts'
import { exportPricing } from './export-pricing.ts'
import { setUpPricingModel } from './set-up-pricing-model.ts'
import { typed } from '../core/typed.ts'

/** Copies a pricing model under another name; the copy is not the default. */
export async function clonePricingModel(
  ledger: Ledger,
  source: { organizationId: string; pricingModelId: string; name: string },
): Promise<string> {
  const { organizationId, name } = source
  const taken = await typed(ledger.database)
    .selectFrom('pricingModel')
    .select('id')
    .where(({ and }) => and({ organizationId, name }))
    .executeTakeFirst()
  if (taken) {
    throw new LedgerError(
      'CONFLICT',
      `There is a pricing model "${name}" already; choose another name.`,
    )
  }
  const file = await exportPricing(ledger.database, source)
  return setUpPricingModel(ledger, { organizationId, file: { ...file, name, isDefault: false } })
}
