import { html } from 'hono/html'
import type { RichSubscription } from '../../core/schemas/subscription.ts'
import { type Html, money } from '../page-layout.ts'
import { select, when } from './page-parts.ts'
import type { CustomerView } from './read-customer-view.ts'
import { statusTag } from './status-tag.ts'

/** The plan in force and the forms that change it. */
export function planSection({ billing }: CustomerView): Html {
  const { customer, currentSubscription: current, catalog } = billing
  const plans = catalog.products.flatMap((product) =>
    product.prices
      .filter((price) => price.type === 'subscription' && price.active && product.active)
      .filter((price) => price.id !== current?.priceId)
      .map((price) => ({
        value: price.slug,
        text: `${product.name}, ${money(price.unitPrice, price.currency)} a ${price.intervalUnit}`,
      })),
  )
  return html`<section class="card" aria-labelledby="plan">
    <h2 id="plan">Plan</h2>
    ${current ? planFacts(current) : html`<p class="empty">No subscription in force.</p>`}
    ${current && undoForms(customer.id, current)}
    ${
      plans.length > 0 &&
      html`<h3>Change the plan</h3>
        <form class="fields" method="post" action="/console/customers/${customer.id}/plan">
          ${select({ label: 'New plan', name: 'priceSlug', choices: plans })}
          ${select({
            label: 'When',
            name: 'timing',
            choices: [
              { value: 'auto', text: 'Upgrades now, downgrades at period end' },
              { value: 'immediately', text: 'Immediately' },
              { value: 'at_end_of_current_billing_period', text: 'At period end' },
            ],
          })}
          <button>Change plan</button>
        </form>`
    }
  </section>`
}

function planFacts(current: RichSubscription): Html {
  return html`<dl class="facts">
    <dt>Plan</dt>
    <dd><strong>${current.name}</strong> ${statusTag(current.status)}</dd>
    <dt>Period</dt>
    <dd>${when(current.currentBillingPeriodStart)} to ${when(current.currentBillingPeriodEnd)}</dd>
    ${
      current.cancelScheduledAt !== null &&
      html`<dt>Ends</dt>
        <dd>${when(current.cancelScheduledAt)}</dd>`
    }
    ${
      current.scheduledAdjustmentAt !== null &&
      html`<dt>Changes</dt>
        <dd>${when(current.scheduledAdjustmentAt)}</dd>`
    }
  </dl>`
}

/** What can be undone or retried: a cancellation, a scheduled change, a failed payment. */
function undoForms(customerId: string, current: RichSubscription): Html {
  const action = (verb: string) => `/console/customers/${customerId}/${verb}`
  return html`<div class="buttons">
    ${
      current.status === 'cancellation_scheduled' &&
      html`<form method="post" action="${action('uncancel')}">
        <button>Keep the plan</button>
      </form>`
    }
    ${
      current.scheduledAdjustmentAt !== null &&
      html`<form method="post" action="${action('cancel-scheduled-adjustment')}">
        <button>Cancel the scheduled change</button>
      </form>`
    }
    ${
      current.status === 'past_due' &&
      html`<form method="post" action="${action('pay-open-invoice')}">
        <button>Pay the open invoice with another card</button>
      </form>`
    }
  </div>`
}
