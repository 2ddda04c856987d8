import type { RateLimit } from '@tollgate/api'
import type { BillingBackend } from '@tollgate/contract'
import type { Fetch } from '@tollgate/http'
import type { Metering } from '@tollgate/metering'
import type { Auth } from './auth/create-auth.ts'

/** What development puts around the rooms while they are composed, to watch a call pass. */
export type Around = {
  backend(backend: BillingBackend): BillingBackend
  metering(metering: Metering): Metering
  auth(auth: Auth): Auth
  rateLimit(rateLimit: RateLimit): RateLimit
  fetch(fetch: Fetch): Fetch
}

/** The rooms as they are. */
export const NOTHING_AROUND: Around = {
  backend: (backend) => backend,
  metering: (metering) => metering,
  auth: (auth) => auth,
  rateLimit: (rateLimit) => rateLimit,
  fetch: (fetch) => fetch,
}
