/** A stored payment method. */
export type PaymentMethod = {
  /** "card", or another type that the backend accepts. */
  type: string
  brand: string | null
  last4: string | null
  isDefault: boolean
}

/** The state of an invoice: `open` is owed, `paid` is settled, everything else is closed. */
export type InvoiceStatus = 'open' | 'paid' | 'refunded' | 'partially_refunded' | 'void' | 'unpaid'

/** One invoice with its lines; amounts in minor units. */
export type Invoice = {
  number: string
  status: InvoiceStatus
  issuedAt: string
  currency: string
  total: number
  lines: { description: string; quantity: number; unitPrice: number }[]
  /** The backend's own document, if it creates one. */
  pdfUrl: string | null
}

/** A customer's payments: what is due, what comes next, how it is paid, and what was invoiced. */
export type BillingSummary = {
  /** The invoice of a plan that is past due; null while nothing is owed. */
  amountDue: { amount: number; currency: string; invoiceNumber: string } | null
  /** Null on a free plan, on one that ends, and while an invoice is unpaid; its amount is null when a scheduled change determines it. */
  nextCharge: { at: string; amount: number | null; currency: string } | null
  /** The default one comes first. */
  paymentMethods: PaymentMethod[]
  /** Newest first. */
  invoices: Invoice[]
}
