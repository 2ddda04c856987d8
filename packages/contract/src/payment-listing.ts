/** A payment as the backend lists it. */
export type ListedPayment = {
  id: string
  /** "checkout", "renewal". */
  reason: string
  status: 'pending' | 'succeeded' | 'failed' | 'refunded'
  /** Minor units of `currency`. */
  amount: number
  refundedAmount: number
  currency: string
  /** Epoch milliseconds. */
  at: number
}

/** One page of payments, newest first; `nextCursor` is null on the last one. */
export type PaymentPage = { payments: ListedPayment[]; nextCursor: string | null }
