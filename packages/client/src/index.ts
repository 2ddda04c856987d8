export type { AppRouter } from '@tollgate/api'
export {
  catalog,
  type FeatureSlug,
  type MeterSlug,
  type PriceSlug,
} from '@tollgate/contract/catalog'
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
  unreachable,
} from '@tollgate/contract'
export {
  type BillingFailure,
  billingErrorOf,
  httpStatusOf,
  isBillingError,
  type UnknownBillingError,
} from './billing-error-of.ts'
export { createClient, type TollgateClient } from './create-client.ts'
export { applyUpdates, newestBalances } from './balances/newest-balances.ts'
export { createIntentStore, type IntentStore } from './intents/create-intent-store.ts'
export { forgetEnded } from './intents/forget-ended.ts'
export { IntentNotKeptError } from './intents/intent-records.ts'
export { type IntentStoreStorage, webIntentStorage } from './intents/intent-storage.ts'
export { leavesOutcomeOpen } from './intents/leaves-outcome-open.ts'
export { createReplay, type ReplayOptions, type ReplayOutcome } from './intents/create-replay.ts'
export type { Intent } from './intents/intent.ts'
export { createLinks, type LinkOptions } from './links.ts'
export { type BilledPath, MUTATION_KINDS } from './mutation-kinds.ts'
export { type Keyed, newOperationKey, takeOperationKey, withOperationKey } from './operation-key.ts'
export { retryDelay } from './retry-policy.ts'
export type { Inputs, MutationPath, Outputs } from './router-paths.ts'
