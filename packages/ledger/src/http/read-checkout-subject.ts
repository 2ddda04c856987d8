import { findAnyOffer, type Offer } from '../catalog/find-offer.ts'
import { readPricingModel } from '../catalog/read-pricing-model.ts'
import type { CheckoutRow } from '../checkout/checkout-session.ts'
import { readOwedInvoice } from '../checkout/read-owed-invoice.ts'
import type { Ledger } from '../core/ledger.ts'
import { readSubscription } from '../core/subscription-row.ts'

/** The subject of a checkout: a purchase, an open invoice with its plan, or only a payment method. */
export type CheckoutSubject =
  | { kind: 'product'; offer: Offer }
  | {
      kind: 'invoice'
      offer: Offer | null
      invoice: NonNullable<Awaited<ReturnType<typeof readOwedInvoice>>>
    }
  | { kind: 'method' }

/** Reads what a checkout page shows. */
export async function readCheckoutSubject(
  ledger: Ledger,
  session: CheckoutRow,
): Promise<CheckoutSubject> {
  const { organizationId, customerId, targetSubscriptionId, priceId } = session
  if (session.type === 'product' && priceId !== null) {
    return { kind: 'product', offer: await readOffer(ledger, session, priceId) }
  }
  if (session.type === 'activate_subscription' && targetSubscriptionId !== null) {
    const key = { organizationId, subscriptionId: targetSubscriptionId }
    const invoice = await readOwedInvoice(ledger.database, { ...key, customerId })
    const owing = await readSubscription(ledger.database, key)
    const offer = owing.priceId === null ? null : await readOffer(ledger, session, owing.priceId)
    if (invoice) return { kind: 'invoice', invoice, offer }
  }
  return { kind: 'method' }
}

async function readOffer(ledger: Ledger, session: CheckoutRow, priceId: string): Promise<Offer> {
  return findAnyOffer(await readPricingModel(ledger.database, session), { priceId })
}
