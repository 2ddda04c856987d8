import { type Context, Hono } from 'hono'
import { secureHeaders } from 'hono/secure-headers'
import { findAnyOffer } from '../catalog/find-offer.ts'
import { readPricingModel } from '../catalog/read-pricing-model.ts'
import { type CheckoutRow, readCheckout } from '../checkout/checkout-session.ts'
import { completeCheckout, failCheckout } from '../checkout/complete-checkout.ts'
import type { Ledger } from '../core/ledger.ts'
import { LedgerError } from '../core/ledger-error.ts'
import { checkoutPage, closedCheckoutPage } from './checkout-page.ts'
import type { LedgerVariables } from './ledger-variables.ts'
import { refusalOf } from './refusal-of.ts'

/** The hosted pages of test payments: plain forms, no JavaScript. A session's id is the only credential. */
export function checkoutPages(ledger: Ledger): Hono<LedgerVariables> {
  const pages = new Hono<LedgerVariables>()
  // No form-action: browsers apply it to the redirect after a form, which leads back to the application.
  const pageHeaders = secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'none'"],
      styleSrc: ["'unsafe-inline'"],
      frameAncestors: ["'none'"],
    },
    referrerPolicy: 'no-referrer',
  })
  for (const path of ['/checkout/:id', '/add-payment-method/:id']) {
    pages.get(path, pageHeaders, (context) => show(ledger, context, null))
  }
  pages.post('/checkout/:id/pay', pageHeaders, (context) => pay(ledger, context))
  pages.post('/checkout/:id/decline', pageHeaders, (context) =>
    show(ledger, context, 'The test card was declined. Nothing was charged; you can try again.'),
  )
  pages.post('/checkout/:id/cancel', pageHeaders, async (context) => {
    const session = await failCheckout(ledger, idOf(context))
    return context.redirect(session.cancelUrl, 303)
  })
  pages.onError((error, context) => {
    if (refusalOf(error)?.code === 'NOT_FOUND') return unknown(context)
    throw error
  })
  return pages
}

async function show(
  ledger: Ledger,
  context: Context<LedgerVariables>,
  problem: string | null,
): Promise<Response> {
  const session = await readCheckout(ledger.database, idOf(context))
  if (session.status === 'succeeded') return context.redirect(session.successUrl, 303)
  if (session.status !== 'open' || session.expiresAt <= ledger.clock.now()) {
    return closed(context, session)
  }
  if (ledger.payments.name !== 'test') return unknown(context)
  const offer = session.priceId === null ? null : await readOffer(ledger, session, session.priceId)
  return context.html(checkoutPage({ session, offer, problem }), problem ? 402 : 200)
}

async function pay(ledger: Ledger, context: Context<LedgerVariables>): Promise<Response> {
  const session = await readCheckout(ledger.database, idOf(context))
  if (ledger.payments.name !== 'test') return unknown(context)
  try {
    await completeCheckout(ledger, {
      checkoutSessionId: session.id,
      paidBy: {
        reference: `test_${session.id}`,
        methodReference: `test_card_${session.id}`,
        card: { brand: 'test', last4: '4242' },
        moneyIsTaken: false,
      },
    })
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error
    return context.html(
      closedCheckoutPage({ message: error.message, backTo: session.cancelUrl }),
      409,
    )
  }
  return context.redirect(session.successUrl, 303)
}

async function readOffer(ledger: Ledger, session: CheckoutRow, priceId: string) {
  return findAnyOffer(await readPricingModel(ledger.database, session), { priceId })
}

function closed(context: Context<LedgerVariables>, session: CheckoutRow) {
  const reason = session.status === 'open' ? 'It is older than a day.' : 'It was cancelled.'
  const message = `${reason} Start a new one in the application.`
  return context.html(closedCheckoutPage({ message, backTo: session.cancelUrl }), 410)
}

function unknown(context: Context<LedgerVariables>) {
  const message = 'No checkout has this address.'
  return context.html(closedCheckoutPage({ message, backTo: null }), 404)
}

function idOf(context: Context<LedgerVariables>): string {
  return context.req.param('id') ?? ''
}
