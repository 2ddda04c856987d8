export { billingErrorOf, isBillingError, type UnknownBillingError } from './billing-error-of.ts'
export { createClient, type TollgateClient } from './create-client.ts'
export { applyUpdates, newestBalances } from './balances/newest-balances.ts'
export {
  createIntents,
  type Intents,
  type IntentStorage,
  leavesOutcomeOpen,
  memoryStorage,
} from './intents.ts'
export { createLinks, type LinkOptions } from './links.ts'
export { type BilledPath, MUTATION_KINDS } from './mutation-kinds.ts'
export { type Keyed, newOperationKey, takeOperationKey, withOperationKey } from './operation-key.ts'
export { retryDelay } from './retry-policy.ts'
export type { Inputs, MutationPath, Outputs } from './router-paths.ts'
