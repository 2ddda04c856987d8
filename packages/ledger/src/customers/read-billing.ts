import { readPrices, readPricingModel } from '../catalog/read-pricing-model.ts'
import type { Ledger } from '../core/ledger.ts'
import { enrichSubscriptions } from '../subscriptions/show-subscription.ts'
import { readSubscriptions } from '../core/subscription-row.ts'
import { currentCustomer } from '../due/current-customer.ts'
import { readInvoices } from './read-invoices.ts'
import { readPaymentMethods } from './read-payment-methods.ts'
import { readPurchases } from './read-purchases.ts'

/** Everything about a customer in one answer, like Flowglad's `GET /customers/:externalId/billing`. */
export async function readBilling(
  ledger: Ledger,
  reference: { organizationId: string; externalId: string },
) {
  const customer = await currentCustomer(ledger, reference)
  const { organizationId } = reference
  const scope = { organizationId, customerId: customer.id }
  const model = { organizationId, pricingModelId: customer.pricingModelId }
  const { database } = ledger
  const [pricingModel, prices, rows, invoices, paymentMethods, purchases] = await Promise.all([
    readPricingModel(database, model),
    readPrices(database, model),
    readSubscriptions(database, scope),
    readInvoices(database, scope),
    readPaymentMethods(database, scope),
    readPurchases(database, scope),
  ])
  const subscriptions = await enrichSubscriptions(database, { organizationId, rows, prices })
  const currentSubscriptions = subscriptions.filter(({ current }) => current)
  const [currentSubscription] = currentSubscriptions
  return {
    customer,
    subscriptions,
    invoices,
    paymentMethods,
    purchases,
    currentSubscriptions,
    ...(currentSubscription && { currentSubscription }),
    catalog: pricingModel,
    pricingModel,
    billingPortalUrl: ledger.billingPortalUrl,
  }
}
