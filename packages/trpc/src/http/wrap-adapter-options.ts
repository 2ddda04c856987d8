import type { TRPCError, TRPCRouterRecord } from '@trpc/server'
import { type RequestState, requestStateOf, withRequestState } from './request-state.ts'
import { responseHeaders } from './response-headers.ts'

/**
 * Adds billing to the options of any tRPC HTTP adapter (fetch, Hono, Express, standalone, Next, Fastify, Lambda): its part of the
 * context, and its response headers in addition to existing ones.
 */
export function wrapAdapterOptions<Options extends object>(options: Options): Options
export function wrapAdapterOptions(options: AdapterOptions): AdapterOptions {
  const { createContext, responseMeta, router } = options
  const procedures = router?._def.procedures ?? {}
  return {
    ...options,
    createContext: async (opts, ...rest) =>
      withRequestState(await createContext?.(opts, ...rest), stateOf(opts, procedures)),
    responseMeta(meta) {
      const own = responseMeta?.(meta) ?? {}
      const billing = responseHeaders(requestStateOf(meta.ctx)?.metadata ?? null, meta.errors)
      if (!(own.headers instanceof Headers)) {
        return { ...own, headers: { ...own.headers, ...billing } }
      }
      for (const [name, value] of Object.entries(billing)) own.headers.set(name, value)
      return own
    },
  }
}

/** The part of an adapter's options that billing uses. */
type AdapterOptions = {
  router?: { _def: { procedures: TRPCRouterRecord } }
  createContext?: (opts: ContextOptions, ...rest: unknown[]) => unknown
  responseMeta?: (meta: ResponseMeta) => {
    status?: number
    headers?: Headers | Record<string, string | string[]>
  }
}

/** How adapters pass a request; the Lambda adapter calls it an event. */
type ContextOptions = { req?: Source; event?: Source }
type Source = { headers: Headers | NodeHeaders }
type NodeHeaders = Readonly<Record<string, string | string[] | undefined>>
type ResponseMeta = { ctx?: unknown; errors: readonly TRPCError[] }

function stateOf({ req, event }: ContextOptions, procedures: TRPCRouterRecord): RequestState {
  const given = req?.headers ?? event?.headers ?? {}
  const headers = given instanceof Headers ? given : fromNode(given)
  const accept = headers.get('trpc-accept') ?? headers.get('accept') ?? ''
  return {
    headers,
    acceptsStream: accept.split(',').some((type) => type.trim() === 'application/jsonl'),
    metadata: new Map(),
    procedures,
  }
}

/** Node lowercases header names and lists the values of repeated ones; a gateway in front of Lambda may pass names as sent. */
function fromNode(headers: NodeHeaders): Pick<Headers, 'get'> {
  const byName = new Map(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
  )
  return {
    get(name) {
      const value = byName.get(name.toLowerCase())
      return (Array.isArray(value) ? value.join(', ') : value) ?? null
    },
  }
}
