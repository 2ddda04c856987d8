import Stripe from 'stripe'
import { LedgerError } from '../core/ledger-error.ts'
import type {
  ChargeRequest,
  ChargeResult,
  CheckoutRequest,
  PaymentProvider,
} from '../core/payment-provider.ts'
import { reportOf } from './stripe-report.ts'

/** How often an unanswered request is retried, under the same idempotency key. */
const RETRIES = 2
const TIMEOUT_MS = 20_000
const HANDLED_EVENTS = new Set([
  'checkout.session.completed',
  'checkout.session.async_payment_succeeded',
  'checkout.session.expired',
])

/** The settings for Stripe. */
export type StripeOptions = {
  secretKey: string
  webhookSecret: string | undefined
  /** Where Stripe redirects customers: this backend, which forwards them. */
  returnBaseUrl: string
  /** Overrides Stripe's own address. */
  api?: { host: string; port: number; protocol: 'http' | 'https' }
}

/** Real payments: Stripe Checkout takes the first one and stores a card for later ones. */
export function createStripePayments(options: StripeOptions): PaymentProvider {
  const stripe = new Stripe(options.secretKey, {
    maxNetworkRetries: RETRIES,
    timeout: TIMEOUT_MS,
    telemetry: false,
    ...options.api,
  })
  const readCheckout = async (reference: string) =>
    reportOf(
      await stripe.checkout.sessions.retrieve(reference, {
        expand: ['payment_intent.payment_method', 'setup_intent.payment_method'],
      }),
    )
  return {
    name: 'stripe',
    openCheckout: async (request) => {
      const session = await stripe.checkout.sessions.create(
        toSession(request, options.returnBaseUrl),
        { idempotencyKey: request.checkoutSessionId },
      )
      if (session.url === null) throw new Error('Stripe opened a checkout without a page.')
      return { url: session.url, reference: session.id }
    },
    charge: (request) => charge(stripe, request),
    refund: async ({ refundId, reference, amount }) => {
      await stripe.refunds.create(
        { payment_intent: reference, amount },
        { idempotencyKey: refundId },
      )
    },
    reports: {
      readCheckout,
      async closeCheckout(reference) {
        try {
          return reportOf(await stripe.checkout.sessions.expire(reference))
        } catch (error) {
          // Only open sessions can be closed: this one was paid, or has expired.
          if (error instanceof Stripe.errors.StripeInvalidRequestError)
            return readCheckout(reference)
          throw error
        }
      },
      async readMessage({ body, signature }) {
        const event = verified(stripe, { body, signature, secret: options.webhookSecret })
        if (!HANDLED_EVENTS.has(event.type) || !('id' in event.data.object)) return null
        // The webhook only identifies the session; its state is read from Stripe.
        return readCheckout(String(event.data.object.id))
      },
    },
  }
}

function toSession(
  request: CheckoutRequest,
  returnBaseUrl: string,
): Stripe.Checkout.SessionCreateParams {
  const shared = {
    client_reference_id: request.checkoutSessionId,
    metadata: { tollgate_checkout: request.checkoutSessionId },
    customer_creation: 'always' as const,
    payment_method_types: ['card' as const],
    success_url: `${returnBaseUrl}/checkout/${request.checkoutSessionId}/returned`,
    cancel_url: request.cancelUrl,
    ...(request.language === 'de' || request.language === 'en' ? { locale: request.language } : {}),
    ...(request.customerEmail === '' ? {} : { customer_email: request.customerEmail }),
  }
  if (request.setupOnly) return { ...shared, mode: 'setup' }
  return {
    ...shared,
    mode: 'payment',
    payment_intent_data: { setup_future_usage: 'off_session' },
    line_items: [
      {
        quantity: request.quantity,
        price_data: {
          currency: request.currency.toLowerCase(),
          unit_amount: request.unitPrice,
          product_data: { name: request.description },
        },
      },
    ],
  }
}

/** Charges a stored card off-session. A declined card is a `failed` result; an unreachable Stripe throws. */
async function charge(stripe: Stripe, request: ChargeRequest): Promise<ChargeResult> {
  const [customer, method] = request.methodReference?.split('/') ?? []
  if (customer === undefined || method === undefined) {
    return { outcome: 'failed', reason: 'There is no payment method on file.' }
  }
  try {
    const intent = await stripe.paymentIntents.create(
      {
        amount: request.amount,
        currency: request.currency.toLowerCase(),
        customer,
        payment_method: method,
        off_session: true,
        confirm: true,
      },
      { idempotencyKey: request.attemptId },
    )
    if (intent.status === 'succeeded') return { outcome: 'succeeded', reference: intent.id }
    return { outcome: 'failed', reason: `The payment is ${intent.status.replaceAll('_', ' ')}.` }
  } catch (error) {
    const refused =
      error instanceof Stripe.errors.StripeCardError ||
      error instanceof Stripe.errors.StripeInvalidRequestError
    if (refused) return { outcome: 'failed', reason: error.message }
    throw error
  }
}

function verified(
  stripe: Stripe,
  { body, signature, secret }: { body: string; signature: string; secret: string | undefined },
) {
  if (secret === undefined) {
    throw new LedgerError('FORBIDDEN', 'Set STRIPE_WEBHOOK_SECRET to receive Stripe webhooks.')
  }
  try {
    return stripe.webhooks.constructEvent(body, signature, secret)
  } catch (error) {
    if (!(error instanceof Stripe.errors.StripeSignatureVerificationError)) throw error
    throw new LedgerError('UNAUTHORIZED', 'The webhook is not signed by Stripe.', { cause: error })
  }
}
