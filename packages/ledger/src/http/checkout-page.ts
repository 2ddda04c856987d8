import { html } from 'hono/html'
import type { CheckoutRow } from '../checkout/checkout-session.ts'
import type { Offer } from '../catalog/find-offer.ts'
import { type Html, money, pageLayout } from './page-layout.ts'

/** What the page shows; a checkout for a payment method alone has no offer. */
export type CheckoutView = { session: CheckoutRow; offer: Offer | null; problem: string | null }

/** The page on which a test payment is made, declined or cancelled. */
export function checkoutPage(view: CheckoutView): Html {
  const { offer } = view
  const title = offer ? `Checkout: ${offer.product.name}` : 'Add a payment method'
  return pageLayout({
    title,
    body: html`<main>
      <div class="card">
        <p class="note"><strong>Test mode.</strong> No real charge.</p>
        ${view.problem && html`<p class="problem" role="alert">${view.problem}</p>`}
        ${offer ? offerText(view.session, offer) : setupText()} ${forms(view)}
      </div>
      <footer>
        Paying as ${view.session.customerName || view.session.customerEmail || 'guest'}
      </footer>
    </main>`,
  })
}

/** The page of a checkout that can no longer be paid. */
export function closedCheckoutPage(options: { message: string; backTo: string | null }): Html {
  return pageLayout({
    title: 'Checkout closed',
    body: html`<main>
      <div class="card">
        <h1>This checkout is closed</h1>
        <p>${options.message}</p>
        <p class="soft">Nothing was charged.</p>
        ${options.backTo && html`<a class="button" href="${options.backTo}">Go back</a>`}
      </div>
    </main>`,
  })
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
    <p class="soft">A test card ending in 4242 will be kept for the next payments.</p>`
}

function forms({ session, offer }: CheckoutView): Html {
  const total = offer ? money(offer.price.unitPrice * session.quantity, offer.price.currency) : null
  const pay = offer && total && !offer.price.trialPeriodDays ? `Pay ${total}` : 'Continue'
  const action = (verb: string) => `/checkout/${session.id}/${verb}`
  return html`<form method="post" action="${action('pay')}">
      <button class="primary">${pay}</button>
    </form>
    <form method="post" action="${action('decline')}">
      <button>Simulate a declined card</button>
    </form>
    <form method="post" action="${action('cancel')}">
      <button class="quiet">Cancel and go back</button>
    </form>`
}
