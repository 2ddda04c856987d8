/** A stored way to pay. */
export type PaymentMethod = {
  /** "card", or what else the backend takes. */
  type: string
  brand: string | null
  last4: string | null
  isDefault: boolean
}

/** What an invoice is worth: `open` is owed, `paid` is settled, everything else is over. */
export type InvoiceStatus = 'open' | 'paid' | 'refunded' | 'partially_refunded' | 'void' | 'unpaid'

/** One invoice with its lines; amounts in minor units. */
export type Invoice = {
  number: string
  status: InvoiceStatus
  issuedAt: string
  currency: string
  total: number
  lines: { description: string; quantity: number; unitPrice: number }[]
  /** The backend's own document, where it makes one. */
  pdfUrl: string | null
}

/** The money of a customer: what is due, what comes next, how it is paid, and what was billed. */
export type BillingSummary = {
  /** The invoice of a plan that is past due; null while nothing is owed. */
  amountDue: { amount: number; currency: string; invoiceNumber: string } | null
  /** Null on a free plan, for one that ends, and while an invoice is unpaid; its amount is null where a scheduled change sets it. */
  nextCharge: { at: string; amount: number | null; currency: string } | null
  /** The default one first. */
  paymentMethods: PaymentMethod[]
  /** Newest first. */
  invoices: Invoice[]
}
