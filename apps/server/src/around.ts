import type { RateLimit } from '@tollgate/api'
import type { BillingBackend } from '@tollgate/contract'
import type { Fetch } from '@tollgate/http'
import type { Metering } from '@tollgate/metering'
import type { Caller } from './auth/create-caller-reader.ts'

/** What development puts around the rooms while they are composed, to watch a call pass. */
export type Around = {
  backend(backend: BillingBackend): BillingBackend
  metering(metering: Metering): Metering
  readCaller(readCaller: ReadCaller): ReadCaller
  rateLimit(rateLimit: RateLimit): RateLimit
  fetch(fetch: Fetch): Fetch
}

type ReadCaller = (headers: Headers) => Promise<Caller | null>

/** The rooms as they are. */
export const NOTHING_AROUND: Around = {
  backend: (backend) => backend,
  metering: (metering) => metering,
  readCaller: (readCaller) => readCaller,
  rateLimit: (rateLimit) => rateLimit,
  fetch: (fetch) => fetch,
}
