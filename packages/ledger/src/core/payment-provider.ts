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
  /** The language of the page that the application asked for. */
  language: string | undefined
  /** Nothing is due now; the checkout only stores a payment method. */
  setupOnly: boolean
}

/** A payment to take from a stored method. */
export type ChargeRequest = {
  organizationId: string
  /** The provider charges once per attempt, however often it is requested. */
  attemptId: string
  amount: number
  currency: string
  /** The provider's own name for the payment method. */
  methodReference: string | null
}

/** How a charge ended. If the provider cannot be reached, it throws instead. */
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
  /** For providers with pages of their own: the outcome of a page, or null while it is unpaid. */
  reports?: {
    readCheckout(reference: string): Promise<CheckoutReport | null>
    /** Closes a page that must no longer be paid, and returns its outcome; null while its payment is in progress. */
    closeCheckout(reference: string): Promise<CheckoutReport | null>
    /** Reads a webhook of the provider; throws if the provider did not sign it. */
    readMessage(message: { body: string; signature: string }): Promise<CheckoutReport | null>
  }
}
