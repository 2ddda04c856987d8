import { html, raw } from 'hono/html'
import { BRAND_MARK } from './brand.gen.ts'
import {
  type CheckoutView,
  type CheckoutWords,
  checkoutOrder,
  orderTitle,
} from './checkout-order.ts'
import { CHECKOUT_STYLE } from './checkout-style.ts'
import { CHECKOUT_COPY, type PageLanguage } from './copy/checkout-copy.ts'
import type { CheckoutCopy } from './copy/en-checkout.ts'
import { type Html, money, pageLayout } from './page-layout.ts'

/** The page on which a test payment is made or cancelled; its test-only controls are beside the checkout. */
export function checkoutPage(given: CheckoutView): Html {
  const view = { ...given, t: CHECKOUT_COPY[given.language] }
  const { language, problem, session, t } = view
  return pageLayout({
    title: orderTitle(view),
    language,
    style: CHECKOUT_STYLE,
    body: html`${top(t)}
      <main>
        ${problem && html`<p class="problem" role="alert">${problem}</p>`}
        <div class="sides">
          <section class="order" aria-label="${t.summary}">${checkoutOrder(view)}</section>
          <section class="card" aria-labelledby="payment">
            <h2 id="payment">${t.payment}</h2>
            <p class="soft">
              ${t.payingAs(session.customerName || session.customerEmail || t.guest)}
            </p>
            ${payForm(view)}
            <form method="post" action="${actionOf(view, 'cancel')}">
              <button class="quiet">${t.cancel}</button>
            </form>
          </section>
        </div>
      </main>
      ${testMode(view)}`,
  })
}

/** The page of a checkout that can no longer be paid. */
export function closedCheckoutPage(options: {
  language: PageLanguage
  message: string
  backTo: string | null
}): Html {
  const t = CHECKOUT_COPY[options.language]
  return pageLayout({
    title: t.closed.title,
    language: options.language,
    style: CHECKOUT_STYLE,
    body: html`${top(t)}
      <main class="closed">
        <div class="card">
          <h1>${t.closed.title}</h1>
          <p>${options.message}</p>
          <p class="soft">${t.closed.uncharged}</p>
          ${options.backTo && html`<a class="button" href="${options.backTo}">${t.closed.back}</a>`}
        </div>
      </main>`,
  })
}

function top(t: CheckoutCopy): Html {
  return html`<header class="top">
    <div><span class="brand">${raw(BRAND_MARK)} ${t.brand}</span></div>
  </header>`
}

function payForm(view: CheckoutWords): Html {
  const { t } = view
  const { consent, button } = agreement(view)
  return html`<form method="post" action="${actionOf(view, 'pay')}">
    <dl class="method">
      <dt>${t.card.label}</dt>
      <dd>${t.card.name}</dd>
    </dl>
    <p class="consent" id="consent">${consent}</p>
    <button class="primary" aria-describedby="consent">${button}</button>
  </form>`
}

/** The label of the button, and the terms that pressing it accepts. */
function agreement({ session, subject, t }: CheckoutWords): { consent: string; button: string } {
  if (subject.kind === 'method') return { consent: t.consent.method, button: t.save }
  if (subject.kind === 'invoice') {
    const amount = money(subject.invoice.subtotal, subject.invoice.currency, t.locale)
    return { consent: t.consent.once(amount), button: t.pay(amount) }
  }
  const { unitPrice, currency, intervalUnit, intervalCount, trialPeriodDays } = subject.offer.price
  const amount = money(unitPrice * session.quantity, currency, t.locale)
  if (trialPeriodDays) {
    return { consent: t.consent.trial(amount, trialPeriodDays), button: t.startTrial }
  }
  const consent = intervalUnit
    ? t.consent.renewing(amount, t.everyPeriod(intervalUnit, intervalCount ?? 1))
    : t.consent.once(amount)
  return { consent, button: t.pay(amount) }
}

function testMode(view: CheckoutWords): Html {
  const { title, text, decline } = view.t.testMode
  return html`<aside class="test-mode" aria-labelledby="test-mode">
    <div>
      <div>
        <h2 id="test-mode">${title}</h2>
        <p class="soft">${text}</p>
      </div>
      <form method="post" action="${actionOf(view, 'decline')}">
        <button>${decline}</button>
      </form>
    </div>
  </aside>`
}

function actionOf({ session, language }: CheckoutView, verb: 'pay' | 'decline' | 'cancel'): string {
  return `/checkout/${session.id}/${verb}?lang=${language}`
}
