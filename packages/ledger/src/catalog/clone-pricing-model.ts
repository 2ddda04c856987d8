import type { Ledger } from '../core/ledger.ts'
import { LedgerError } from '../core/ledger-error.ts'
import { exportPricing } from './export-pricing.ts'
import { setUpPricingModel } from './set-up-pricing-model.ts'

/** Copies a pricing model under another name; the copy is not the default. */
export async function clonePricingModel(
  ledger: Ledger,
  source: { organizationId: string; pricingModelId: string; name: string },
): Promise<string> {
  const { organizationId, name } = source
  const taken = await ledger.database.query({
    text: 'select id from pricing_model where organization_id = $1 and name = $2',
    values: [organizationId, name],
  })
  if (taken.length > 0) {
    throw new LedgerError(
      'CONFLICT',
      `There is a pricing model "${name}" already; choose another name.`,
    )
  }
  const file = await exportPricing(ledger.database, source)
  return setUpPricingModel(ledger, { organizationId, file: { ...file, name, isDefault: false } })
}
