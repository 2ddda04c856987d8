import { type Context, Hono } from 'hono'
import { languageDetector } from 'hono/language'
import { secureHeaders } from 'hono/secure-headers'
import { type CheckoutRow, readCheckout } from '../checkout/checkout-session.ts'
import { completeCheckout, closeCheckout } from '../checkout/complete-checkout.ts'
import { readOwedInvoice } from '../checkout/read-owed-invoice.ts'
import type { Ledger } from '../core/ledger.ts'
import { LedgerError } from '../core/ledger-error.ts'
import { checkoutPage, closedCheckoutPage } from './checkout-page.ts'
import { CHECKOUT_COPY, PAGE_LANGUAGES, pageLanguage } from './copy/checkout-copy.ts'
import type { CheckoutCopy } from './copy/en-checkout.ts'
import type { OfferTexts } from './copy/offer-texts.ts'
import type { LedgerVariables } from './ledger-variables.ts'
import { readCheckoutSubject } from './read-checkout-subject.ts'
import { refusalOf } from './refusal-of.ts'

type Pages = { ledger: Ledger; texts: OfferTexts }
type Call = Context<LedgerVariables>

/**
 * The hosted pages of test payments: plain forms, no JavaScript. A session's id is the only credential. Their language is that of `?lang`,
 * or the browser's.
 */
export function checkoutPages(given: Pages): Hono<LedgerVariables> {
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
  const language = languageDetector({
    order: ['querystring', 'header'],
    lookupQueryString: 'lang',
    supportedLanguages: [...PAGE_LANGUAGES],
    fallbackLanguage: 'en',
    caches: false,
  })
  for (const path of ['/checkout/:id', '/add-payment-method/:id']) {
    pages.get(path, pageHeaders, language, (call) => show(given, call))
  }
  pages.post('/checkout/:id/pay', pageHeaders, language, (call) => pay(given, call))
  pages.post('/checkout/:id/decline', pageHeaders, language, (call) =>
    show(given, call, copyOf(call).declined),
  )
  pages.post('/checkout/:id/cancel', pageHeaders, language, async (call) => {
    const session = await closeCheckout(given.ledger, idOf(call))
    return call.redirect(session.cancelUrl, 303)
  })
  pages.onError((error, context) => {
    if (refusalOf(error)?.code === 'NOT_FOUND') return unknown(context)
    throw error
  })
  return pages
}

async function show(
  { ledger, texts }: Pages,
  call: Call,
  problem: string | null = null,
): Promise<Response> {
  const session = await readCheckout(ledger.database, idOf(call))
  if (session.status === 'succeeded') return call.redirect(session.successUrl, 303)
  const { closed } = copyOf(call)
  if (hasExpired(ledger, session)) return refuse(call, 410, { session, message: closed.expired })
  if (session.status !== 'open') return refuse(call, 410, { session, message: closed.cancelled })
  if (ledger.payments.name !== 'test') return unknown(call)
  const subject = await readCheckoutSubject(ledger, session)
  const language = pageLanguage(call.get('language'))
  const page = checkoutPage({ session, subject, problem, language, texts })
  return call.html(page, problem ? 402 : 200)
}

async function pay({ ledger }: Pages, call: Call): Promise<Response> {
  const session = await readCheckout(ledger.database, idOf(call))
  if (ledger.payments.name !== 'test') return unknown(call)
  const { closed } = copyOf(call)
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
    const cancelled = session.status === 'failed'
    const message = hasExpired(ledger, session)
      ? closed.expired
      : cancelled
        ? closed.cancelled
        : closed.conflict
    return refuse(call, 409, { session, message })
  }
  if (await isStillOwed(ledger, session)) {
    return refuse(call, 402, { session, message: closed.declined })
  }
  return call.redirect(session.successUrl, 303)
}

/** Whether it was closed because of its age, or is about to be. */
function hasExpired({ clock }: Ledger, { status, expiresAt }: CheckoutRow): boolean {
  return status === 'expired' || (status === 'open' && expiresAt <= clock.now())
}

/** An owed invoice is charged like every renewal, to the card that was just stored: the charge can still be declined. */
async function isStillOwed(ledger: Ledger, session: CheckoutRow): Promise<boolean> {
  const { organizationId, customerId, targetSubscriptionId: subscriptionId } = session
  if (session.type !== 'activate_subscription' || subscriptionId === null) return false
  const key = { organizationId, customerId, subscriptionId }
  return (await readOwedInvoice(ledger.database, key)) !== null
}

function refuse(
  call: Call,
  status: 402 | 409 | 410,
  { session, message }: { session: CheckoutRow; message: string },
) {
  const language = pageLanguage(call.get('language'))
  return call.html(closedCheckoutPage({ language, message, backTo: session.cancelUrl }), status)
}

function unknown(context: Context) {
  const language = pageLanguage(context.get('language'))
  const message = CHECKOUT_COPY[language].closed.unknown
  return context.html(closedCheckoutPage({ language, message, backTo: null }), 404)
}

function copyOf(call: Call): CheckoutCopy {
  return CHECKOUT_COPY[pageLanguage(call.get('language'))]
}

function idOf(call: Context): string {
  return call.req.param('id') ?? ''
}
