import { SetupError } from '@tollgate/metering'
import type { TRPCRouterRecord } from '@trpc/server'
import type { ResponseMetadata } from './response-headers.ts'

/** What billing knows about the HTTP request of its calls. */
export type RequestState = {
  headers: Pick<Headers, 'get'>
  /** Whether the caller accepts a stream; otherwise it gets all chunks in one array. */
  acceptsStream: boolean
  /** The response headers that the calls of this request add, by batch index. */
  metadata: Map<number, ResponseMetadata>
  /** Every procedure of the router by its path, for catalog and quote. */
  procedures: TRPCRouterRecord
}

/** The key of the state in a context: symbols survive when adapters and middleware copy it. */
const REQUEST = Symbol.for('tollgate.request')

/** Adds the state to the application's context. */
export function withRequestState(context: unknown, state: RequestState): object {
  return { ...(typeof context === 'object' ? context : {}), [REQUEST]: state }
}

/** The state of a context, or null when the adapter's options were not wrapped. */
export function requestStateOf(context: unknown): RequestState | null {
  if (typeof context !== 'object' || context === null) return null
  const state: unknown = Reflect.get(context, REQUEST)
  return isRequestState(state) ? state : null
}

/** The state of a context; throws an error with the fix if it is missing. */
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
