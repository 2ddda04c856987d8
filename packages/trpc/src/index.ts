export { InsufficientCreditsError } from '@tollgate/metering'
export type { BillingOptions, Customer } from './billing-options.ts'
export { type Billing, createBilling } from './create-billing.ts'
export { billingErrorOf } from './errors/billing-error-of.ts'
export { type BilledErrorShape, billingErrors, withBillingErrors } from './errors/billing-errors.ts'
export { toTrpcError } from './errors/to-trpc-error.ts'
export { translateError } from './errors/translate-error.ts'
export type { BilledMeta } from './procedure/billed-meta.ts'
export { tariffDescriptionOf, type TariffDescription } from './procedure/describe-tariff.ts'
export { streamOf, type StreamSchema } from './procedure/stream-of.ts'
export { PriceError } from './procedure/price-error.ts'
export { createStreamSlots, type StreamSlots } from './router/stream-slots.ts'
export type { ProcedureCost } from './router/catalog.ts'
export type { PlanVerb } from './router/plan-verb.ts'
export { jobKey } from './run/job-key.ts'
export type { BilledJob } from './run/run-job.ts'
export type {
  BilledProcedure,
  PricedProcedure,
  UnpricedProcedure,
} from './procedure/billed-procedure.ts'
export type { BillingRouter } from './router/billing-router.ts'
export type { Quote } from './router/quote.ts'
