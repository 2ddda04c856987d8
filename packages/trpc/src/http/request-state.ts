import { SetupError } from '@tollgate/metering'
import type { TRPCRouterRecord } from '@trpc/server'
import type { ResponseMetadata } from './response-headers.ts'

/** What billing knows of the HTTP request that carries its calls. */
export type RequestState = {
  headers: Pick<Headers, 'get'>
  /** Whether the caller reads chunks as they come; otherwise it gets them as one array. */
  acceptsStream: boolean
  /** What the calls of this request add to the response headers, by batch index. */
  metadata: Map<number, ResponseMetadata>
  /** Every procedure of the router by its path, for catalog and quote. */
  procedures: TRPCRouterRecord
}

/** Where the state lies in a context: symbols survive the copies that adapters and middlewares make of it. */
const REQUEST = Symbol.for('tollgate.request')

/** Puts the state into what the application made as its context. */
export function withRequestState(context: unknown, state: RequestState): object {
  return { ...(typeof context === 'object' ? context : {}), [REQUEST]: state }
}

/** The state of a context, or null when the adapter's options were not wrapped. */
export function requestStateOf(context: unknown): RequestState | null {
  if (typeof context !== 'object' || context === null) return null
  const state: unknown = Reflect.get(context, REQUEST)
  return isRequestState(state) ? state : null
}

/** The state of a context; throws what to do about its absence. */
export function requireRequestState(context: unknown): RequestState {
  const state = requestStateOf(context)
  if (state) return state
  throw new SetupError(
    "Billing was given no request. Wrap your adapter's options: billing.http({ … }); for work without a request use billing.run().",
  )
}

function isRequestState(state: unknown): state is RequestState {
  return typeof state === 'object' && state !== null && 'metadata' in state
}
