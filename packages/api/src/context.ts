import type { BillingCustomer, CustomerId, Logger, SignReceipt } from '@tollgate/contract'
import type { Metering } from '@tollgate/metering'
import type { StreamSlots } from '@tollgate/trpc'
import type { AccountService } from './account/account-service.ts'
import type { AlertService } from './alerts/alert-service.ts'
import type { ApiKey, ApiKeys } from './api-keys/api-keys.ts'
import type { Runs } from './runs/runs.ts'
import type { PurchaseRequests } from './team/purchase-requests.ts'
import type { TeamMembers } from './team/team-members.ts'
import type { User } from './team/user.ts'
import type { TextModel } from './text-model.ts'

/** Shared by all requests; created once, where the server is composed. */
export type ApiServices = {
  metering: Metering
  alerts: AlertService
  /** Models that do the expensive work; see `createTextModel`. */
  models: { text: TextModel }
  /** Our own origin, "https://studio.example", to which a checkout returns. */
  publicUrl: string
  rateLimit: RateLimit
  /** Whether `X-Request-Id` may stand for a missing `Idempotency-Key`; see `readOperationKey`. */
  acceptRequestIdAsKey: boolean
  streamSlots: StreamSlots
  apiKeys: ApiKeys
  runs: Runs
  /** The guests whose results also belong to this customer; absent where there are no guests. */
  guestsOf?: (account: CustomerId) => Promise<CustomerId[]>
  /** Members' requests to their owners; absent where there are no organizations. */
  purchaseRequests?: PurchaseRequests | undefined
  /** The members of organizations; absent where there are none. */
  teamMembers?: TeamMembers | undefined
  /** Deletes accounts; absent where they cannot be deleted. */
  account?: AccountService | undefined
  /** Signs the receipts of settled operations. */
  signReceipt?: SignReceipt
  logger: Logger
}

/** Returns how many milliseconds a caller has to wait, or null when the call may proceed. */
export type RateLimit = (call: {
  /** The customer, or the member of an organization. */
  caller: string
  path: string
  kind: 'billed' | 'free' | 'read'
}) => Promise<number | null>

/** The caller, as identified by the server. */
export type Caller = {
  /** The customer who pays; null for a user who is no longer a member of the organization that it acts for. */
  customer: BillingCustomer | null
  isGuest: boolean
  /** The user who acts; null when no one is signed in, and where only the customer itself acts. */
  user?: User | null
  /** The key of a program; null for a person who has signed in. */
  apiKey?: ApiKey | null
  /** Aborted when the caller's session, membership or key may have ended. */
  until?: AbortSignal | null
  /** When its authentication expires, in epoch milliseconds. */
  expiresAt?: number | null
}

/** The `ctx` of a procedure. */
export type Context = ApiServices & Required<Caller> & { headers: Headers }

/** Creates the context of one request; a plain object, because adapters spread it. */
export function createContext(
  services: ApiServices,
  caller: Caller & { headers: Headers },
): Context {
  const { customer, isGuest, user = null, apiKey = null, headers } = caller
  const { until = null, expiresAt = null } = caller
  return { ...services, customer, isGuest, user, apiKey, until, expiresAt, headers }
}
