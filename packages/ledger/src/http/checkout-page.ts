import { html, raw } from 'hono/html'
import type { CheckoutRow } from '../checkout/checkout-session.ts'
import type { Offer } from '../catalog/find-offer.ts'
import { BRAND_MARK } from './brand.gen.ts'
import { CHECKOUT_STYLE } from './checkout-style.ts'
import { type Html, money, pageLayout } from './page-layout.ts'

/** What the page shows; a checkout for a payment method alone has no offer. */
export type CheckoutView = { session: CheckoutRow; offer: Offer | null; problem: string | null }

/** The page on which a test payment is made or cancelled; what only a test has, it offers beside the checkout. */
export function checkoutPage(view: CheckoutView): Html {
  const { offer, session } = view
  const title = offer ? `Checkout: ${offer.product.name}` : 'Add a payment method'
  return pageLayout({
    title,
    style: CHECKOUT_STYLE,
    body: html`${top()}
      <main>
        ${view.problem && html`<p class="problem" role="alert">${view.problem}</p>`}
        <div class="sides">
          <section class="order" aria-label="Order">
            ${offer ? offerText(session, offer) : setupText()}
          </section>
          <section class="card" aria-labelledby="payment">
            <h2 id="payment">Payment</h2>
            <p class="soft">
              Paying as ${session.customerName || session.customerEmail || 'guest'}, with a test
              card ending in 4242.
            </p>
            ${forms(view)}
          </section>
        </div>
      </main>
      ${testMode(session)}`,
  })
}

/** The page of a checkout that can no longer be paid. */
export function closedCheckoutPage(options: { message: string; backTo: string | null }): Html {
  return pageLayout({
    title: 'Checkout closed',
    style: CHECKOUT_STYLE,
    body: html`${top()}
      <main class="closed">
        <div class="card">
          <h1>This checkout is closed</h1>
          <p>${options.message}</p>
          <p class="soft">Nothing was charged.</p>
          ${options.backTo && html`<a class="button" href="${options.backTo}">Go back</a>`}
        </div>
      </main>`,
  })
}

function top(): Html {
  return html`<header class="top">
    <div><span class="brand">${raw(BRAND_MARK)} Tollgate checkout</span></div>
  </header>`
}

function offerText(session: CheckoutRow, { price, product }: Offer): Html {
  const total = price.unitPrice * session.quantity
  const gives = product.features.filter((feature) => feature.active)
  const every =
    price.intervalCount === 1 ? price.intervalUnit : `${price.intervalCount} ${price.intervalUnit}s`
  return html`<h1>${product.name}</h1>
    ${product.description && html`<p class="soft">${product.description}</p>`}
    <p class="price">${money(price.unitPrice, price.currency)}</p>
    <p class="soft">
      ${price.type === 'subscription' ? `every ${every}, until you cancel` : 'once'}
      ${session.quantity > 1 ? `× ${session.quantity}` : ''}
    </p>
    ${
      gives.length > 0 &&
      html`<ul class="gives" aria-label="What you get">
        ${gives.map((feature) => html`<li>${feature.name}</li>`)}
      </ul>`
    }
    <dl class="sum">
      <dt>Due today</dt>
      <dd>${money(price.trialPeriodDays ? 0 : total, price.currency)}</dd>
    </dl>`
}

function setupText(): Html {
  return html`<h1>Add a payment method</h1>
    <p class="soft">The card will be kept for the next payments. Nothing is charged today.</p>`
}

function forms({ session, offer }: CheckoutView): Html {
  const total = offer ? money(offer.price.unitPrice * session.quantity, offer.price.currency) : null
  const pay = offer && total && !offer.price.trialPeriodDays ? `Pay ${total}` : 'Continue'
  return html`<form method="post" action="${actionOf(session, 'pay')}">
      <button class="primary">${pay}</button>
    </form>
    <form method="post" action="${actionOf(session, 'cancel')}">
      <button class="quiet">Cancel and go back</button>
    </form>`
}

function testMode(session: CheckoutRow): Html {
  return html`<aside class="test-mode" aria-labelledby="test-mode">
    <div>
      <div>
        <h2 id="test-mode">Test mode</h2>
        <p class="soft">No real charge. This panel is not part of a real checkout.</p>
      </div>
      <form method="post" action="${actionOf(session, 'decline')}">
        <button>Simulate a declined card</button>
      </form>
    </div>
  </aside>`
}

function actionOf(session: CheckoutRow, verb: 'pay' | 'decline' | 'cancel'): string {
  return `/checkout/${session.id}/${verb}`
}
