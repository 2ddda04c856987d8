import type { BalanceSource } from './balance.ts'
import type { BillingSummary } from './billing-summary.ts'
import type { Credits } from './credits.ts'
import type { CustomerHoldings } from './customer-holdings.ts'
import { ERROR_BRAND, hasErrorBrand } from './error-brand.ts'
import type { CustomerId, TransactionId } from './ids.ts'
import type { PaymentPage } from './payment-listing.ts'
import type { CustomerPage, UsagePage, UsageQuery } from './usage-listing.ts'

/** A customer as the backend knows it; created on first use. */
export type BillingCustomer = { customerId: CustomerId; name: string; email: string }

/** The maximum length of a customer's name or address; backends reject customers with a longer one. */
export const CUSTOMER_TEXT_MAX = 500

/** One meter as the backend counts it. */
export type MeterStanding = {
  meter: string
  /** Credits left as the backend counts them; negative when usage exceeded them. */
  available: number
  granted: number
  breakdown: BalanceSource[]
}

/** A snapshot of a customer's plan, features and meters at the backend. */
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

/** The backend's answer to one delivery; `recorded` carries what it stored, for comparison. */
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

/** A checkout to open: what is bought, by whom, and where the browser returns to. */
export type CheckoutRequest = {
  customer: BillingCustomer
  priceSlug: string
  successUrl: string
  cancelUrl: string
  /** The language of the page, such as "de"; the browser's own when the backend does not support one. */
  language?: string
}

/** A page where the customer pays an open invoice, or changes the payment method. */
export type PaymentRequest = Omit<CheckoutRequest, 'priceSlug'> & {
  purpose: 'open_invoice' | 'payment_method'
}

/** Every backend call can be aborted. */
export type CallOptions = { signal?: AbortSignal }

/**
 * The interface between metering and the billing backend. Implemented once, by `@tollgate/flowglad` through Flowglad's SDK, for the hosted
 * service and the self-hosted backend alike. Every method throws `BillingBackendError`.
 */
export type BillingBackend = {
  /** Reads a customer, and creates it if the backend does not know it. */
  readCustomer(customer: BillingCustomer, options?: CallOptions): Promise<CustomerBilling>
  /** Delivers usage events; returns one receipt each, in the given order. Idempotent by `transactionId`. */
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
  /** Reads what is due, invoices and payment methods; creates the customer if the backend does not know it. */
  billingSummary(customer: BillingCustomer, options?: CallOptions): Promise<BillingSummary>
  /** Previews a change of plan; changes nothing. */
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
  /** Schedules a cancellation for the end of the period. */
  cancelPlan(customer: BillingCustomer, options?: CallOptions): Promise<CustomerBilling>
  /** Revokes a scheduled cancellation. */
  keepPlan(customer: BillingCustomer, options?: CallOptions): Promise<CustomerBilling>
  /** Reads what must outlive a customer's last user; a customer that the backend does not know owns nothing. */
  customerHoldings(customer: BillingCustomer, options?: CallOptions): Promise<CustomerHoldings>
  /**
   * Moves lasting credits, a paid plan and the payment history from one customer to another, atomically and once per key. `refused`, with
   * the reason in its message, while both have a paid plan that continues or a payment is pending. Absent where the backend does not
   * support it (the hosted service): then nothing may be left behind.
   */
  moveCustomer?(
    from: BillingCustomer,
    to: BillingCustomer,
    idempotencyKey: string,
    options?: CallOptions,
  ): Promise<void>
  /**
   * Removes a customer's personal data; payments and usage are kept. Does nothing for a customer that the backend does not know. Absent
   * where the backend does not support it.
   */
  anonymizeCustomer?(customerId: CustomerId, options?: CallOptions): Promise<void>
  /**
   * Changes where a customer's invoices are sent. A customer that the backend does not know yet gets its address when it is created. Absent
   * where the backend does not support it.
   */
  changeAddress?(customer: BillingCustomer, options?: CallOptions): Promise<void>
  /** Lists the usage events the backend has, for reconciliation. Absent where the backend cannot list them (the hosted service). */
  listUsage?(query: UsageQuery, options?: CallOptions): Promise<UsagePage>
  /** Lists the customers the backend has, for reconciliation. Absent together with `listUsage`. */
  listCustomers?(cursor: string | null, options?: CallOptions): Promise<CustomerPage>
  /** Lists payments, newest first, for operators' reports. Absent together with `listUsage`. */
  listPayments?(cursor: string | null, options?: CallOptions): Promise<PaymentPage>
}

/** Why a backend call failed, identified by `code`. */
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
