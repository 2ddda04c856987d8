import { html } from 'hono/html'
import type { PaymentRow } from '../../core/payment-row.ts'
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
      columns: ['When', 'For', 'State', { text: 'Amount', kind: 'number' }, 'Refund'],
      rows: payments.map((payment) => paymentRow(billing.customer.id, payment)),
      empty: 'No payments yet.',
    })}
    <h3>Invoices</h3>
    ${table({
      label: 'Invoices',
      columns: [
        { text: 'Number', kind: 'name' },
        'When',
        'State',
        { text: 'Amount', kind: 'number' },
      ],
      rows: billing.invoices.map(({ invoice }) => invoiceRow(invoice)),
      empty: 'No invoices yet.',
    })}
  </section>`
}

function paymentRow(customerId: string, payment: PaymentRow) {
  return [
    when(payment.createdAt),
    html`${payment.reason}
      <div class="hint">${payment.failure}</div>`,
    tag(payment.status, PAYMENT_TONES[payment.status]),
    money(payment.amount, payment.currency),
    refundForm(customerId, payment),
  ]
}

function refundForm(customerId: string, payment: PaymentRow): Html {
  const { amount, currency, refundedAmount, status } = payment
  return html`${
    status === 'succeeded' &&
    html`<form method="post" action="/console/customers/${customerId}/refund">
      <input type="hidden" name="paymentId" value="${payment.id}" />
      <button aria-label="Refund ${money(amount, currency)}">Refund</button>
    </form>`
  }
  ${refundedAmount > 0 && html`<span class="soft">${money(refundedAmount, currency)} back</span>`}`
}

type Invoice = CustomerView['billing']['invoices'][number]['invoice']

function invoiceRow(invoice: Invoice) {
  const tone = invoice.status === 'paid' ? 'good' : invoice.status === 'open' ? 'warn' : 'plain'
  return [
    invoice.invoiceNumber,
    when(invoice.invoiceDate),
    tag(invoice.status, tone),
    money(invoice.subtotal, invoice.currency),
  ]
}
