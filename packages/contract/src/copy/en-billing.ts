import type { InvoiceStatus } from '../billing-summary.ts'
import type { Formats } from './formats.ts'

/** The billing page, its invoices and what an offer is called, in English. */
export const enBilling = {
  billing: {
    title: 'Billing',
    lead: 'Your plan, how you pay for it, and every invoice.',
    plan: 'Plan',
    status: 'Status',
    statuses: {
      free: 'Free',
      active: 'Active',
      trialing: 'Trial',
      past_due: 'Payment failed',
      ending: 'Cancelled',
      none: 'None',
    },
    nextCharge: 'Next charge',
    chargeOn: (f: Formats, amount: string, iso: string) => `${amount} on ${f.date(iso)}`,
    chargeChanges: (f: Formats, iso: string) => `New price from ${f.date(iso)}`,
    noCharge: 'None',
    changePlan: 'Change plan',
    pastDueTitle: (amount: string) => `${amount} is due`,
    pastDueText: (number: string) =>
      `The payment of invoice ${number} failed. Pay it to keep your plan and get its credits back.`,
    payFailed: 'The payment page did not open',
    method: 'Payment method',
    methodEmpty: 'None. You are asked for one when you buy something.',
    card: (brand: string, last4: string) => `${brand} ending in ${last4}`,
    testCard: 'Test card',
    otherMethod: 'Other payment method',
    updateMethod: 'Update payment method',
    addMethod: 'Add payment method',
    topUps: 'Top-ups',
    topUpsEmpty: 'None. Top-ups are bought once and never expire.',
    buyTopUps: 'Buy a top-up',
    invoices: 'Invoices',
    invoicesEmpty: 'No invoices yet.',
    columns: { number: 'Invoice', date: 'Date', for: 'For', amount: 'Amount', status: 'Status' },
    invoiceStatuses: {
      open: 'Due',
      paid: 'Paid',
      refunded: 'Refunded',
      partially_refunded: 'Partly refunded',
      void: 'Void',
      unpaid: 'Not paid',
    } satisfies Record<InvoiceStatus, string>,
    invoice: (number: string) => `Invoice ${number}`,
    invoiceMissing: 'There is no such invoice',
    billedTo: 'Billed to',
    description: 'Description',
    quantity: 'Quantity',
    total: 'Total',
    print: 'Print or save as PDF',
    pdf: 'Download PDF',
    backToBilling: 'Back to billing',
    unavailable: 'Invoices and payment method cannot be read right now',
    unavailableText: 'Your plan and your credits work as before. We keep trying.',
    guestTitle: 'What you buy lives in this browser only',
    guestText: 'As a guest you cannot sign in again. Create an account to keep it.',
    askOwner: 'Only the owner of this account can buy. Send them this link.',
  },
  offer: (own: OfferText): { name: string; description: string | null } => own,
}

/** An offer in the words of the pricing file. */
type OfferText = { productSlug: string; name: string; description: string | null }
