import type Stripe from 'stripe'
import type { CheckoutReport } from '../core/payment-provider.ts'

/** The outcome of a Stripe Checkout session; null if it is unpaid or not ours. */
export function reportOf(session: Stripe.Checkout.Session): CheckoutReport | null {
  const checkoutSessionId = session.metadata?.['tollgate_checkout']
  if (checkoutSessionId === undefined) return null
  if (session.status === 'expired') return { outcome: 'given_up', checkoutSessionId }
  if (session.status !== 'complete' || session.payment_status === 'unpaid') return null
  const intent = expanded(session.payment_intent) ?? expanded(session.setup_intent)
  if (!intent) return null
  const method = expanded(intent.payment_method)
  const customer = typeof session.customer === 'string' ? session.customer : session.customer?.id
  return {
    outcome: 'paid',
    checkoutSessionId,
    paidBy: {
      reference: intent.id,
      // Stripe charges a stored card only together with the customer it was stored for.
      methodReference: method && customer !== undefined ? `${customer}/${method.id}` : null,
      card: { brand: method?.card?.brand ?? 'card', last4: method?.card?.last4 ?? '' },
      moneyIsTaken: session.mode === 'payment',
    },
  }
}

/** We always expand the object; Stripe sends a plain id otherwise. */
function expanded<Thing extends object>(value: string | Thing | null | undefined): Thing | null {
  return typeof value === 'object' ? value : null
}
