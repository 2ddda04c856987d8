import { html } from 'hono/html'
import type { FoundCustomer } from '../../core/schemas/customer.ts'
import type { Html } from '../page-layout.ts'
import { table, when } from './page-parts.ts'
import { statusTag } from './status-tag.ts'

/** The list of customers with its search. */
export function customersPage(options: {
  text: string
  customers: FoundCustomer[]
  nextCursor: string | null
}): Html {
  const { text, customers, nextCursor } = options
  return html`<h1>Customers</h1>
    <div class="card">
      <form class="row" method="get" action="/console/customers" role="search">
        <label
          >Name, address or external id<input type="search" name="text" value="${text}"
        /></label>
        <button class="primary">Search</button>
      </form>
    </div>
    <div class="card">
      ${table({
        label: 'Customers',
        columns: [
          { text: 'Customer', kind: 'name' },
          { text: 'External id', kind: 'id' },
          'Plan',
          'Since',
        ],
        rows: customers.map(customerRow),
        empty:
          text === ''
            ? 'No customers yet. They appear with their first billed call.'
            : `No customer matches “${text}”.`,
      })}
      ${nextCursor !== null && html`<p><a href="${nextPage(text, nextCursor)}">Older customers</a></p>`}
    </div>`
}

function customerRow(customer: FoundCustomer) {
  return [
    html`<a href="/console/customers/${customer.id}"
        >${customer.name || customer.email || 'No name'}</a
      >
      <div class="hint">${customer.email}</div>`,
    html`<code>${customer.externalId}</code>`,
    html`${customer.planName ?? 'None'} ${customer.status && statusTag(customer.status)}`,
    when(customer.createdAt),
  ]
}

function nextPage(text: string, cursor: string): string {
  return `/console/customers?${new URLSearchParams({ text, cursor }).toString()}`
}
