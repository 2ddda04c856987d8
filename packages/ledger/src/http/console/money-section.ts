import { html } from 'hono/html'
import type { PaymentRow } from '../../payments/payment-row.ts'
import { type Html, money } from '../page-layout.ts'
import { table, tag, type Tone, when } from './page-parts.ts'
import type { CustomerView } from './read-customer-view.ts'

const PAYMENT_TONES: Record<PaymentRow['status'], Tone> = {
  pending: 'warn',
  succeeded: 'good',
  failed: 'bad',
  refunded: 'plain',
}

/** Invoices, payments and payment methods. */
export function moneySection({ billing, payments }: CustomerView): Html {
  return html`<section class="card" aria-labelledby="payments">
    <h2 id="payments">Payments</h2>
    ${table({
      label: 'Payments',
      head: ['When', 'For', 'State', { text: 'Amount', number: true }, 'Refund'],
      rows: payments.map((payment) => paymentRow(billing.customer.id, payment)),
      empty: 'Nothing was paid yet.',
    })}
    <h3>Invoices</h3>
    ${table({
      label: 'Invoices',
      head: ['Number', 'When', 'State', { text: 'Amount', number: true }],
      rows: billing.invoices.map(({ invoice }) => invoiceRow(invoice)),
      empty: 'No invoices yet.',
    })}
  </section>`
}

function paymentRow(customerId: string, payment: PaymentRow): Html {
  const refundable = payment.status === 'succeeded'
  return html`<tr>
    <td>${when(payment.createdAt)}</td>
    <td>
      ${payment.reason}
      <div class="hint">${payment.failure}</div>
    </td>
    <td>${tag(payment.status, PAYMENT_TONES[payment.status])}</td>
    <td class="number">${money(payment.amount, payment.currency)}</td>
    <td>
      ${
        refundable &&
        html`<form method="post" action="/console/customers/${customerId}/refund">
          <input type="hidden" name="paymentId" value="${payment.id}" />
          <button aria-label="Refund ${money(payment.amount, payment.currency)}">Refund</button>
        </form>`
      }
      ${
        payment.refundedAmount > 0 &&
        html`<span class="soft">${money(payment.refundedAmount, payment.currency)} back</span>`
      }
    </td>
  </tr>`
}

type Invoice = CustomerView['billing']['invoices'][number]['invoice']

function invoiceRow(invoice: Invoice): Html {
  const tone = invoice.status === 'paid' ? 'good' : invoice.status === 'open' ? 'warn' : 'plain'
  return html`<tr>
    <th scope="row">${invoice.invoiceNumber}</th>
    <td>${when(invoice.invoiceDate)}</td>
    <td>${tag(invoice.status, tone)}</td>
    <td class="number">${money(invoice.subtotal, invoice.currency)}</td>
  </tr>`
}
