import { lockCustomer } from '../core/ledger-transaction.ts'
import { defaultPricingModelId, readPricingModel } from '../catalog/read-pricing-model.ts'
import { recomputeDueAt } from '../core/due-at.ts'
import { jsonValue } from '../core/json-value.ts'
import type { Ledger } from '../core/ledger.ts'
import { switchToFree } from '../subscriptions/switch-plan.ts'
import { announce } from '../core/announce.ts'
import { type Customer, findCustomer, requireCustomer } from '../core/customer.ts'

/** A new customer. */
export type NewCustomer = {
  externalId: string
  email: string
  name: string
  pricingModelId?: string | undefined
  domain?: string | null | undefined
  iconURL?: string | null | undefined
  logoURL?: string | null | undefined
  userId?: string | null | undefined
  billingAddress?: unknown
}

/** Creates a customer on the free plan with its credits. Idempotent: the same external id finds the same customer. */
export async function createCustomer(
  ledger: Ledger,
  { organizationId, customer }: { organizationId: string; customer: NewCustomer },
): Promise<Customer> {
  const reference = { organizationId, externalId: customer.externalId }
  const existing = await findCustomer(ledger.database, reference)
  if (existing) return existing.customer
  await ledger.database.transaction(async (transaction) => {
    const pricingModelId =
      customer.pricingModelId ?? (await defaultPricingModelId(transaction, organizationId))
    const model = await readPricingModel(transaction, { organizationId, pricingModelId })
    const customerId = ledger.newId('cust')
    const inserted = await transaction.query({
      text: `insert into customer
               (organization_id, id, external_id, pricing_model_id, email, name, domain, icon_url, logo_url, user_id,
                billing_address, invoice_number_base, created_at, updated_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $13)
             on conflict (organization_id, external_id) where not archived do nothing returning id`,
      values: [
        organizationId,
        customerId,
        customer.externalId,
        pricingModelId,
        customer.email,
        customer.name,
        customer.domain ?? null,
        customer.iconURL ?? null,
        customer.logoURL ?? null,
        customer.userId ?? null,
        jsonValue(customer.billingAddress),
        customerId.slice(-7).toUpperCase(),
        ledger.clock.now(),
      ],
    })
    // The same customer was created concurrently: use that one.
    if (inserted.length === 0) return
    const tx = await lockCustomer(ledger, transaction, { organizationId, customerId })
    await announce(tx, { type: 'customer.created', object: 'customer', id: customerId })
    await switchToFree(tx, { model, from: null, reason: 'created' })
    await recomputeDueAt(transaction, { organizationId, customerId })
  })
  return (await requireCustomer(ledger.database, reference)).customer
}
