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

/** What every request shares; made once, where the server is composed. */
export type ApiServices = {
  metering: Metering
  alerts: AlertService
  /** Models that do the expensive work; see `createTextModel`. */
  models: { text: TextModel }
  /** Our own origin, "https://studio.example": where a checkout returns to. */
  publicUrl: string
  rateLimit: RateLimit
  /** Whether `X-Request-Id` may stand for a missing `Idempotency-Key`; see `readOperationKey`. */
  acceptRequestIdAsKey: boolean
  streamSlots: StreamSlots
  apiKeys: ApiKeys
  runs: Runs
  /** The guests whose results belong to this customer as well; none where there are no guests. */
  guestsOf?: (account: CustomerId) => Promise<CustomerId[]>
  /** What members ask their owners for; absent where there are no organizations. */
  purchaseRequests?: PurchaseRequests | undefined
  /** Who is in which organization; absent where there are none. */
  teamMembers?: TeamMembers | undefined
  /** Deletes accounts; absent where they cannot be. */
  account?: AccountService | undefined
  /** Signs the receipts of settled operations. */
  signReceipt?: SignReceipt
  logger: Logger
}

/** Says how many milliseconds a caller has to wait, or null when the call may go on. */
export type RateLimit = (call: {
  /** The customer, or the member of an organization. */
  caller: string
  path: string
  kind: 'billed' | 'free' | 'read'
}) => Promise<number | null>

/** Who is calling, as the server found out. */
export type Caller = {
  /** Who pays; null for a user who is no member any more of the organization that it acts for. */
  customer: BillingCustomer | null
  isGuest: boolean
  /** Who acts; null when no one is signed in, and where no one but the customer itself acts. */
  user?: User | null
  /** The key that a program acts with; null for a person who has signed in. */
  apiKey?: ApiKey | null
  /** Aborted when what the caller is known by may have ended: its session, its membership, its key. */
  until?: AbortSignal | null
  /** When that ends by itself, in milliseconds of the wall clock. */
  expiresAt?: number | null
}

/** What a procedure finds in `ctx`. */
export type Context = ApiServices & Required<Caller> & { headers: Headers }

/** Makes the context of one request; a plain object, because adapters spread it. */
export function createContext(
  services: ApiServices,
  caller: Caller & { headers: Headers },
): Context {
  const { customer, isGuest, user = null, apiKey = null, headers } = caller
  const { until = null, expiresAt = null } = caller
  return { ...services, customer, isGuest, user, apiKey, until, expiresAt, headers }
}
