export {
  type ActivityItem,
  type Balance,
  type BalanceUpdate,
  type BillingAction,
  type BillingError,
  type BillingErrorKind,
  isOperationKey,
  type Offer,
  type OperationKey,
  operationKey,
  type Receipt,
  type ReceiptChunk,
  type ReceiptStatement,
  unreachable,
} from '@tollgate/contract'
export {
  type BillingFailure,
  billingErrorOf,
  httpStatusOf,
  isBillingError,
  type UnknownBillingError,
} from './billing-error-of.ts'
export { createTollgate, type Tollgate } from './create-tollgate.ts'
export { createIntentStore, type IntentStore } from './intents/create-intent-store.ts'
export { forgetEnded } from './intents/forget-ended.ts'
export { IntentNotKeptError } from './intents/intent-records.ts'
export { type IntentStoreStorage, webIntentStorage } from './intents/intent-storage.ts'
export type { Kept } from './intents/kept.ts'
export { leavesOutcomeOpen } from './intents/leaves-outcome-open.ts'
export { createReplay, type ReplayOptions, type ReplayOutcome } from './intents/create-replay.ts'
export type { Intent } from './intents/intent.ts'
export { intent, newOperationKey } from './operation-key.ts'
export {
  type ReceiptKey,
  type ReceiptProblem,
  type VerifiedReceipt,
  verifyReceipt,
} from './receipts/verify-receipt.ts'
export type { BilledApi, BilledCall, BilledStreamCall } from './router/billed-api.ts'
export type { BillingErrorOf, MeterOf } from './router/meter-of.ts'
export type { BilledPath, StreamPath } from './router/stream-path.ts'
export { type RunBudget, type StartedRun, startRun } from './start-run.ts'
export type { Submitted } from './submit.ts'
export type { TollgateCore } from './tollgate-core.ts'
export type { TollgateOptions } from './tollgate-options.ts'
