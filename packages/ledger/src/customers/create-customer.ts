import { lockCustomer } from '../core/ledger-transaction.ts'
import { defaultPricingModelId, readPricingModel } from '../catalog/read-pricing-model.ts'
import { recomputeDueAt } from '../core/due-at.ts'
import { jsonValue } from '../core/json-value.ts'
import type { Ledger } from '../core/ledger.ts'
import { switchToFree } from '../subscriptions/switch-plan.ts'
import { announce } from '../core/announce.ts'
import { type Customer, findCustomer, requireCustomer } from '../core/customer.ts'
import { typed } from '../core/typed.ts'
import type { NewCustomer } from '../core/schemas/customer.ts'

/** Creates a customer on the free plan with its credits. Idempotent: an existing external id returns the existing customer. */
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
    const now = ledger.clock.now()
    const inserted = await typed(transaction)
      .insertInto('customer')
      .values({
        organizationId,
        id: customerId,
        externalId: customer.externalId,
        pricingModelId,
        email: customer.email,
        name: customer.name,
        domain: customer.domain,
        iconUrl: customer.iconURL,
        logoUrl: customer.logoURL,
        userId: customer.userId,
        billingAddress: jsonValue(customer.billingAddress),
        invoiceNumberBase: customerId.slice(-7).toUpperCase(),
        createdAt: now,
        updatedAt: now,
      })
      .onConflict((taken) =>
        taken
          .columns(['organizationId', 'externalId'])
          .where(({ not }) => not('archived'))
          .doNothing(),
      )
      .returning('id')
      .executeTakeFirst()
    // The same customer was created concurrently: use that one.
    if (!inserted) return
    const tx = await lockCustomer(ledger, transaction, { organizationId, customerId })
    await announce(tx, { type: 'customer.created', object: 'customer', id: customerId })
    await switchToFree(tx, { model, from: null, reason: 'created' })
    await recomputeDueAt(transaction, { organizationId, customerId })
  })
  return (await requireCustomer(ledger.database, reference)).customer
}
