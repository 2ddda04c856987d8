import type {
  BillingCustomer,
  BillingSummary,
  CallOptions,
  Invoice,
  InvoiceStatus,
} from '@tollgate/contract'
import { currentSubscription, subscribedPrice } from './customer-billing.ts'
import type { FlowgladContext } from './flowglad-context.ts'
import { readBilling } from './read-customer.ts'
import type { WireBilling, WireInvoice } from './wire.ts'

/** Reads what a customer owes, its next charge, payment methods and invoices, all from the answer that also holds its plan. */
export async function billingSummary(
  flowglad: FlowgladContext,
  customer: BillingCustomer,
  call?: CallOptions,
): Promise<BillingSummary> {
  const billing = await readBilling(flowglad, customer, call)
  return {
    amountDue: amountDue(billing),
    nextCharge: nextCharge(billing),
    paymentMethods: (billing.paymentMethods ?? [])
      .map(({ type, default: isDefault, paymentMethodData }) => ({
        type,
        brand: paymentMethodData?.brand ?? null,
        last4: paymentMethodData?.last4 ?? null,
        isDefault,
      }))
      .toSorted((one, other) => Number(other.isDefault) - Number(one.isDefault)),
    invoices: (billing.invoices ?? [])
      .map(describeInvoice)
      .toSorted((one, other) => other.issuedAt.localeCompare(one.issuedAt)),
  }
}

function amountDue(billing: WireBilling): BillingSummary['amountDue'] {
  const subscription = currentSubscription(billing)
  if (subscription?.status !== 'past_due') return null
  const open = (billing.invoices ?? [])
    .filter(({ invoice }) => invoice.subscriptionId === subscription.id)
    .map(describeInvoice)
    .filter(({ status }) => status === 'open')
    .toSorted((one, other) => other.issuedAt.localeCompare(one.issuedAt))[0]
  if (!open) return null
  return { amount: open.total, currency: open.currency, invoiceNumber: open.number }
}

const RENEWS: readonly string[] = ['active', 'trialing']

function nextCharge(billing: WireBilling): BillingSummary['nextCharge'] {
  const subscription = currentSubscription(billing)
  const price = subscription && subscribedPrice(subscription, billing)?.price
  const end = subscription?.currentBillingPeriodEnd
  if (!price || !end || !RENEWS.includes(subscription.status)) return null
  if (subscription.isFreePlan ?? price.unitPrice === 0) return null
  const items = subscription.subscriptionItems ?? [{ unitPrice: price.unitPrice, quantity: 1 }]
  const amount = items.reduce((sum, { unitPrice, quantity }) => sum + unitPrice * quantity, 0)
  return {
    at: new Date(end).toISOString(),
    amount: subscription.scheduledAdjustmentAt ? null : amount,
    currency: price.currency,
  }
}

function describeInvoice({ invoice, invoiceLineItems }: WireInvoice): Invoice {
  const lines = (invoiceLineItems ?? []).map(({ description, price, quantity }) => ({
    description: description ?? '',
    quantity,
    unitPrice: price,
  }))
  const sum = lines.reduce((total, { unitPrice, quantity }) => total + unitPrice * quantity, 0)
  return {
    number: invoice.invoiceNumber ?? invoice.id ?? '',
    status: statusOf(invoice.status),
    issuedAt: new Date(invoice.invoiceDate ?? 0).toISOString(),
    currency: invoice.currency ?? 'USD',
    total: (invoice.subtotal ?? sum) + (invoice.taxAmount ?? 0),
    lines,
    pdfUrl: invoice.pdfURL ?? null,
  }
}

function statusOf(status: string): InvoiceStatus {
  switch (status) {
    case 'paid':
    case 'refunded':
    case 'partially_refunded':
    case 'void':
    case 'open':
      return status
    case 'awaiting_payment_confirmation':
      return 'open'
    default:
      return 'unpaid'
  }
}
