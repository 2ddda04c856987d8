import { html } from 'hono/html'
import type { Offer } from '../catalog/find-offer.ts'
import type { CheckoutRow } from '../checkout/checkout-session.ts'
import type { PageLanguage } from './copy/checkout-copy.ts'
import type { CheckoutCopy } from './copy/en-checkout.ts'
import { offerText, type OfferTexts } from './copy/offer-texts.ts'
import { type Html, money } from './page-layout.ts'
import type { CheckoutSubject } from './read-checkout-subject.ts'

/** The content of a checkout page, its language, and the catalog's names in it. */
export type CheckoutView = {
  session: CheckoutRow
  subject: CheckoutSubject
  problem: string | null
  language: PageLanguage
  texts: OfferTexts
}

/** The same, with the words of the language. */
export type CheckoutWords = CheckoutView & { t: CheckoutCopy }

/** A short label for the subject of a checkout. */
export function orderTitle({ subject, t, ...words }: CheckoutWords): string {
  switch (subject.kind) {
    case 'product':
      return t.titles.product(nameOf(words, subject.offer))
    case 'invoice':
      return t.titles.invoice(subject.invoice.invoiceNumber)
    case 'method':
      return t.titles.method
  }
}

/** What is paid for, what it grants, and what is due today. */
export function checkoutOrder(view: CheckoutWords): Html {
  const { subject, t } = view
  switch (subject.kind) {
    case 'product':
      return productOrder(view, subject.offer)
    case 'invoice': {
      const { subtotal, currency, periodStart } = subject.invoice
      const amount = money(subtotal, currency, t.locale)
      const day = new Intl.DateTimeFormat(t.locale, { dateStyle: 'long', timeZone: 'UTC' })
      return html`<h1>${orderTitle(view)}</h1>
        ${periodStart !== null && html`<p class="soft">${t.owed(day.format(periodStart))}</p>`}
        <p class="price">${amount}</p>
        ${subject.offer && gives(view, subject.offer)}
        ${subject.offer && line(nameOf(view, subject.offer), amount)} ${due(t, amount)}`
    }
    case 'method':
      return html`<h1>${t.titles.method}</h1>
        <p class="soft">${t.methodText}</p>`
  }
}

function productOrder(view: CheckoutWords, offer: Offer): Html {
  const { session, t, texts, language } = view
  const { price, product } = offer
  const { name, description } = offerText(texts, language, product)
  const { unitPrice, intervalUnit, intervalCount, trialPeriodDays } = price
  const amount = (minorUnits: number) => money(minorUnits, price.currency, t.locale)
  const total = unitPrice * session.quantity
  return html`<h1>${name}</h1>
    ${description && html`<p class="soft">${description}</p>`}
    <p class="price">${amount(unitPrice)}</p>
    <p class="soft">${intervalUnit ? t.renews(intervalUnit, intervalCount ?? 1) : t.once}</p>
    ${gives(view, offer)}
    ${line(session.quantity > 1 ? `${name} × ${session.quantity}` : name, amount(total))}
    ${due(t, amount(trialPeriodDays ? 0 : total))}`
}

function gives({ t, texts, language }: CheckoutWords, { product }: Offer): Html | '' {
  const active = product.features.filter((feature) => feature.active)
  if (active.length === 0) return ''
  return html`<ul class="gives" aria-label="${t.gives}">
    ${active.map((feature) => html`<li>${offerText(texts, language, feature).name}</li>`)}
  </ul>`
}

function line(name: string, amount: string): Html {
  return html`<dl class="line">
    <dt>${name}</dt>
    <dd>${amount}</dd>
  </dl>`
}

function due(t: CheckoutCopy, amount: string): Html {
  return html`<dl class="sum">
    <dt>${t.dueToday}</dt>
    <dd>${amount}</dd>
  </dl>`
}

function nameOf(
  { texts, language }: Pick<CheckoutView, 'texts' | 'language'>,
  { product }: Offer,
): string {
  return offerText(texts, language, product).name
}
