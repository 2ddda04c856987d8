import { html } from 'hono/html'
import type { Html } from '../page-layout.ts'
import { balancesSection } from './balances-section.ts'
import { creditsSection } from './credits-section.ts'
import { entriesSection } from './entries-section.ts'
import { moneySection } from './money-section.ts'
import { planSection } from './plan-section.ts'
import type { CustomerView } from './read-customer-view.ts'

/** The page of one customer, with its forms. */
export function customerPage(view: CustomerView): Html {
  const { customer } = view.billing
  return html`<div class="head">
      <h1>${customer.name || customer.email || 'No name'}</h1>
      <span class="soft">${customer.email} · <code>${customer.externalId}</code></span>
    </div>
    <div class="columns">${planSection(view)} ${balancesSection(view)} ${creditsSection(view)}</div>
    ${entriesSection(view)} ${moneySection(view)}`
}
