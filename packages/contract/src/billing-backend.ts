import type { BalanceSource } from './balance.ts'
import type { BillingSummary } from './billing-summary.ts'
import type { Credits } from './credits.ts'
import type { CustomerHoldings } from './customer-holdings.ts'
import { ERROR_BRAND, hasErrorBrand } from './error-brand.ts'
import type { CustomerId, TransactionId } from './ids.ts'
import type { PaymentPage } from './payment-listing.ts'
import type { CustomerPage, UsagePage, UsageQuery } from './usage-listing.ts'

/** A customer as the backend knows it; created there when first seen. */
export type BillingCustomer = { customerId: CustomerId; name: string; email: string }

/** The most characters that backends store of a customer's name or address; with a longer one they refuse the customer. */
export const CUSTOMER_TEXT_MAX = 500

/** One meter as the backend counts it. */
export type MeterStanding = {
  meter: string
  /** Credits left as the backend counts them; negative when usage exceeded them. */
  available: number
  granted: number
  breakdown: BalanceSource[]
}

/** A customer's plan, features and meters at one moment of the backend. */
export type CustomerBilling = {
  customerId: CustomerId
  subscription: {
    id: string
    status: string
    planSlug: string
    planName: string
    priceSlug: string | null
    isFree: boolean
    periodStart: string | null
    periodEnd: string | null
    cancelsAt: string | null
    scheduledChangeAt: string | null
  } | null
  features: string[]
  meters: MeterStanding[]
}

/** A settled charge on its way to the backend. */
export type UsageDelivery = {
  transactionId: TransactionId
  customerId: CustomerId
  subscriptionId: string
  meter: string
  amount: Credits
  /** When the work was settled, epoch milliseconds. */
  occurredAt: number
  operationId: string
}

/** What the backend answered for one delivery; `recorded` carries what it stored, for comparison. */
export type UsageReceipt = { transactionId: TransactionId } & (
  | { outcome: 'recorded'; amount: number; subscriptionId: string; meter: string | null }
  | { outcome: 'refused'; reason: string }
  | { outcome: 'unavailable'; reason: string; retryAfterMs: number | null }
  | { outcome: 'unauthorized'; reason: string }
)

/** A plan or a top-up that can be bought. */
export type Offer = {
  kind: 'plan' | 'topup'
  productSlug: string
  priceSlug: string
  name: string
  description: string | null
  /** Minor units of `currency` per interval, or once for a top-up. */
  unitPrice: number
  currency: string
  interval: 'month' | 'year' | null
  isDefault: boolean
  grants: { meter: string; amount: number; renews: boolean }[]
  features: { slug: string; name: string }[]
}

/** What a plan change would cost and when it takes effect. */
export type PlanChangePreview = {
  verb: 'upgrade' | 'downgrade' | 'current' | 'subscribe'
  timing: 'now' | 'period_end' | 'checkout'
  dueNow: number
  currency: string
  effectiveAt: string
}

/** A checkout to open: what is bought, by whom, and where the browser comes back to. */
export type CheckoutRequest = {
  customer: BillingCustomer
  priceSlug: string
  successUrl: string
  cancelUrl: string
  /** The language of the page, "de"; the browser's own where the backend cannot be asked for one. */
  language?: string
}

/** A page where the customer pays what it owes, or changes how it pays. */
export type PaymentRequest = Omit<CheckoutRequest, 'priceSlug'> & {
  purpose: 'open_invoice' | 'payment_method'
}

/** Every call to a backend can be abandoned. */
export type CallOptions = { signal?: AbortSignal }

/**
 * The one interface between metering and billing truth. Implemented once, by `@tollgate/flowglad` through Flowglad's SDK,
 * for the hosted service and the self-hosted backend alike. Every method throws `BillingBackendError`.
 */
export type BillingBackend = {
  /** Reads a customer, making it first if the backend has never seen it. */
  readCustomer(customer: BillingCustomer, options?: CallOptions): Promise<CustomerBilling>
  /** Hands over usage events; one receipt each, in the order given. Idempotent by `transactionId`. */
  deliverUsage(deliveries: readonly UsageDelivery[], options?: CallOptions): Promise<UsageReceipt[]>
  /** What is for sale. */
  readOffers(options?: CallOptions): Promise<Offer[]>
  /** Opens a hosted checkout for a plan or a top-up. */
  openCheckout(
    request: CheckoutRequest,
    options?: CallOptions,
  ): Promise<{ id: string; url: string }>
  /** Opens the hosted page of a payment; `refused` when an open invoice is to be paid and there is none. */
  openPayment(request: PaymentRequest, options?: CallOptions): Promise<{ url: string }>
  /** Reads what is due, invoices and payment methods, making the customer first if the backend has never seen it. */
  billingSummary(customer: BillingCustomer, options?: CallOptions): Promise<BillingSummary>
  /** What changing to a plan would mean; nothing changes yet. */
  previewPlanChange(
    customer: BillingCustomer,
    priceSlug: string,
    options?: CallOptions,
  ): Promise<PlanChangePreview>
  /** Changes between paid plans. From the free plan use `openCheckout`. */
  changePlan(
    customer: BillingCustomer,
    priceSlug: string,
    options?: CallOptions,
  ): Promise<CustomerBilling>
  /** Cancels at the end of the period. */
  cancelPlan(customer: BillingCustomer, options?: CallOptions): Promise<CustomerBilling>
  /** Takes a scheduled cancellation back. */
  keepPlan(customer: BillingCustomer, options?: CallOptions): Promise<CustomerBilling>
  /** What a customer owns that must outlive its last user; a customer the backend has never seen owns nothing. */
  customerHoldings(customer: BillingCustomer, options?: CallOptions): Promise<CustomerHoldings>
  /**
   * Moves lasting credits, a paid plan and the payment history from one customer to another, all or nothing and once
   * per key. `refused`, with the reason in its message, while both have a paid plan that goes on or a payment
   * waits. Absent where the backend cannot do it (the hosted service): then nothing may be left behind.
   */
  moveCustomer?(
    from: BillingCustomer,
    to: BillingCustomer,
    idempotencyKey: string,
    options?: CallOptions,
  ): Promise<void>
  /**
   * Removes a customer's personal data; payments and usage stay. A customer that the backend has never seen needs no change. Absent
   * where the backend cannot do it.
   */
  anonymizeCustomer?(customerId: CustomerId, options?: CallOptions): Promise<void>
  /**
   * Has invoices sent to where a customer is now. A customer the backend has never seen is made with its address later. Absent where
   * the backend cannot do it.
   */
  changeAddress?(customer: BillingCustomer, options?: CallOptions): Promise<void>
  /** Lists the usage events the backend has, for reconciliation. Absent where it cannot be asked (the hosted service). */
  listUsage?(query: UsageQuery, options?: CallOptions): Promise<UsagePage>
  /** Lists the customers the backend has, for reconciliation. Absent together with `listUsage`. */
  listCustomers?(cursor: string | null, options?: CallOptions): Promise<CustomerPage>
  /** Lists payments, newest first, for the figures of operators. Absent together with `listUsage`. */
  listPayments?(cursor: string | null, options?: CallOptions): Promise<PaymentPage>
}

/** Why a backend call failed, recognised by `code`. */
export class BillingBackendError extends Error {
  static override [Symbol.hasInstance](value: unknown): value is BillingBackendError {
    return hasErrorBrand(value, 'BillingBackendError')
  }

  override readonly name = 'BillingBackendError'
  readonly code: 'unreachable' | 'unauthorized' | 'refused' | 'not_found'
  readonly retryAfterMs: number | null

  constructor(
    code: BillingBackendError['code'],
    message: string,
    options: { cause?: unknown; retryAfterMs?: number } = {},
  ) {
    super(message, { cause: options.cause })
    this.code = code
    this.retryAfterMs = options.retryAfterMs ?? null
  }

  get [ERROR_BRAND](): string {
    return 'BillingBackendError'
  }
}
