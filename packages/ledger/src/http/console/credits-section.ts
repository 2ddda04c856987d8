import { randomUUID } from 'node:crypto'
import { html } from 'hono/html'
import type { Html } from '../page-layout.ts'
import { select } from './page-parts.ts'
import type { CustomerView } from './read-customer-view.ts'

/** The forms that grant and revoke credits. */
export function creditsSection({ billing }: CustomerView): Html {
  const { customer, catalog } = billing
  const meters = catalog.usageMeters.map(({ slug, name }) => ({ value: slug, text: name }))
  const shared = html`${select({ label: 'Meter', name: 'usageMeterSlug', choices: meters })}
    <label
      >Amount<input name="amount" type="number" min="1" max="2147483647" step="1" required
    /></label>`
  return html`<section class="card" aria-labelledby="credits">
    <h2 id="credits">Manual adjustments</h2>
    <form
      class="fields"
      method="post"
      action="/console/customers/${customer.id}/grant"
      aria-label="Grant credits"
    >
      <!-- The same reason grants once, so a form sent twice does not grant twice. -->
      <input type="hidden" name="reason" value="${randomUUID()}" />
      ${shared}
      <label>Name<input name="name" required maxlength="200" value="Manual grant" /></label>
      <label
        >Expires in days<input name="days" type="number" min="1" max="3650" step="1" />
        <span class="hint">Empty: never.</span></label
      >
      <button class="primary">Grant credits</button>
    </form>
    <details>
      <summary>Revoke credits</summary>
      <form
        class="fields"
        method="post"
        action="/console/customers/${customer.id}/revoke"
        aria-label="Revoke credits"
      >
        ${shared}
        <label
          >Reason<input name="name" required maxlength="200" value="Manual revocation"
        /></label>
        <button class="danger">Revoke credits</button>
      </form>
    </details>
  </section>`
}
