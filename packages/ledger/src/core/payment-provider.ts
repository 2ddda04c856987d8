/** What a checkout is for. */
export type CheckoutRequest = {
  organizationId: string
  checkoutSessionId: string
  description: string
  quantity: number
  unitPrice: number
  currency: string
  customerEmail: string
  successUrl: string
  cancelUrl: string
  /** The language of the page, as the application asked for it. */
  language: string | undefined
  /** Nothing is due now; the checkout only stores a payment method. */
  setupOnly: boolean
}

/** A payment to take from a stored method. */
export type ChargeRequest = {
  organizationId: string
  /** The provider charges once per attempt, however often it is asked. */
  attemptId: string
  amount: number
  currency: string
  /** The provider's own name of the payment method. */
  methodReference: string | null
}

/** How a charge ended. A provider that cannot be reached throws instead. */
export type ChargeResult =
  | { outcome: 'succeeded'; reference: string }
  | { outcome: 'failed'; reason: string }

/** How a checkout was paid. */
export type PaidBy = {
  /** The provider's name for the payment. */
  reference: string
  /** The provider's name for the payment method, to charge it again. */
  methodReference: string | null
  card: { brand: string; last4: string }
  /** True when a provider reports money that it has already taken. */
  moneyIsTaken: boolean
}

/** The outcome of a page that the provider opened for one of our checkouts. */
export type CheckoutReport =
  | { outcome: 'paid'; checkoutSessionId: string; paidBy: PaidBy }
  | { outcome: 'given_up'; checkoutSessionId: string }

/** The payment provider. It is never called inside a transaction. */
export type PaymentProvider = {
  name: string
  /** Opens the payment page; `reference` is the provider's name for it. */
  openCheckout(request: CheckoutRequest): Promise<{ url: string; reference: string | null }>
  charge(request: ChargeRequest): Promise<ChargeResult>
  /** Refunds a payment; once per `refundId`. */
  refund(request: { refundId: string; reference: string; amount: number }): Promise<void>
  /** For providers with pages of their own: the outcome of one, or null while it is unpaid. */
  reports?: {
    readCheckout(reference: string): Promise<CheckoutReport | null>
    /** Closes a page that must not be paid any more, and says how it has ended; null while its payment is under way. */
    closeCheckout(reference: string): Promise<CheckoutReport | null>
    /** Reads a webhook of the provider; refuses one it did not sign. */
    readMessage(message: { body: string; signature: string }): Promise<CheckoutReport | null>
  }
}
