export type {
  ActivityItem,
  ActivityStatus,
  BalanceChange,
  BalanceChangeReason,
  DailyUse,
  LedgerFilter,
  LedgerItem,
} from './activity.ts'
export {
  type Alert,
  ALERT_THRESHOLDS,
  type AlertLanguage,
  type AlertPreferences,
  type AlertThreshold,
} from './alert.ts'
export { BALANCE_HEADER, decodeBalanceHeader, encodeBalanceHeader } from './balance-header.ts'
export {
  type Balance,
  type BalanceSource,
  type BalanceState,
  type BalanceUpdate,
  balanceState,
  CRITICAL_PERCENT,
  percentUsed,
  toBalanceUpdate,
  usedShare,
  WARNING_PERCENT,
} from './balance.ts'
export {
  type BillingBackend,
  BillingBackendError,
  type BillingCustomer,
  type CallOptions,
  type CheckoutRequest,
  CUSTOMER_TEXT_MAX,
  type CustomerBilling,
  type MeterStanding,
  type Offer,
  type PaymentRequest,
  type PlanChangePreview,
  type UsageDelivery,
  type UsageReceipt,
} from './billing-backend.ts'
export {
  BILLING_ERROR_STATUS,
  type BillingAction,
  type BillingError,
  type BillingErrorKind,
} from './billing-error.ts'
export type { BillingSummary, Invoice, InvoiceStatus, PaymentMethod } from './billing-summary.ts'
export type { Brand } from './brand.ts'
export { CARD_SEEDS, defaultCardSeed } from './card-seed.ts'
export type { Catalog, CatalogMeter } from './catalog.ts'
export { type Clock, systemClock } from './clock.ts'
export {
  type Credits,
  credits,
  InvalidCreditsError,
  isChargeable,
  MAX_EVENT_CREDITS,
} from './credits.ts'
export { type CustomerHoldings, ownsAnything } from './customer-holdings.ts'
export { defineCatalog } from './define-catalog.ts'
export { docsAnchor } from './docs-anchor.ts'
export { ERROR_BRAND, hasErrorBrand } from './error-brand.ts'
export {
  OPERATION_ID_HEADER,
  OPERATION_KEY_FALLBACK_HEADER,
  ACTING_FOR_HEADER,
  OPERATION_KEY_HEADER,
  RECEIPT_HEADER,
  REPLAYED_HEADER,
} from './headers.ts'
export {
  type CustomerId,
  customerId,
  InvalidIdError,
  isCustomerId,
  isOperationKey,
  type OperationId,
  operationId,
  type OperationKey,
  operationKey,
  type TransactionId,
  transactionId,
} from './ids.ts'
export { RESULT_KEPT_MS } from './keeping-times.ts'
export { type Logger, silentLogger } from './logger.ts'
export { nearestSlug } from './pricing/nearest-slug.ts'
export type { OperationReceipt, PaidResult, StoredOutput } from './paid-result.ts'
export type { Receipt, ReceiptChunk } from './receipt.ts'
export {
  RECEIPT_KEYS_PATH,
  RECEIPT_TOKEN_TYPE,
  type ReceiptStatement,
  type SignReceipt,
} from './receipt-statement.ts'
export { askInstead, refusalActions, type RefusalCause } from './refusal-actions.ts'
export type { SpendCap } from './spend-cap.ts'
export {
  type CallSubject,
  isSubjectId,
  type LimitPeriod,
  type LimitSubject,
  type SpendLimit,
} from './spend-limit.ts'
export type { ListedPayment, PaymentPage } from './payment-listing.ts'
export { SPAN_ATTRIBUTES } from './span-attributes.ts'
export { TEAM_ROLES, type TeamRole } from './team-roles.ts'
export { SPAN_NAMES, type SpanName } from './span-names.ts'
export type { CustomerPage, ListedUsage, UsagePage, UsageQuery } from './usage-listing.ts'
export { isUnlimited } from './unlimited.ts'
export { unreachable } from './unreachable.ts'
