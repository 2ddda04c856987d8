export type { Codec } from './codec.ts'
export { createMetering } from './create-metering.ts'
export type { MeteringOptions } from './metering-options.ts'
export type { Limits, LimitToSet } from './limits.ts'
export type {
  Billed,
  BilledResult,
  BilledCall,
  BilledStream,
  Metering,
  MeterCharge,
  RunningOperation,
  Work,
} from './metering.ts'
export type {
  ActivityPage,
  StoredResult,
  LedgerPage,
  OperationState,
  OperationStatus,
  ResultsPage,
} from './operation-status.ts'
export { InsufficientCreditsError } from './insufficient-credits-error.ts'
export { MeteringError } from './metering-error.ts'
export type { MeteringEvent, OperationOutcome } from './metering-event.ts'
export { fingerprint, whyNotComparable } from './keys/fingerprint.ts'
export { costInvalid } from './operation/faults.ts'
export {
  billingUnavailable,
  keyInvalid,
  keyMissing,
  apiKeyRefused,
  notSignedIn,
  accountChanged,
  notPermitted,
  rateLimited,
  runRefused,
} from './operation/refusals.ts'
export type { DeclaredCost, ProviderCall } from './provider-cost.ts'
export { DEFAULT_POLICY, type MeteringPolicy } from './policy.ts'
export { activeTrace } from './active-trace.ts'
export { inSpan, type NameOfSpan, type OpenSpan, type SpanOptions, startSpan } from './in-span.ts'
export { SetupError } from './setup-error.ts'
export { startMetering, type StartMeteringOptions } from './start-metering.ts'
export type { HandOver, HandOverOutcome } from './sync/hand-over-customer.ts'
export type { MeteringHealth } from './store/read-health.ts'
export type { RelayBacklog } from './store/relay-backlog.ts'
