import { type ApiServices, appRouter, billedPaths, billing, createContext } from '@tollgate/api'
import { billingUnavailable, inSpan, MeteringError } from '@tollgate/metering'
import { toTrpcError } from '@tollgate/trpc'
import { TRPCError } from '@trpc/server'
import { fetchRequestHandler } from '@trpc/server/adapters/fetch'
import type { Caller } from '../auth/create-caller-finder.ts'
import { createCallLimits, kindOfCall } from './call-limits.ts'
import { errorResponse, isOutage, RETRY_MS } from './error-response.ts'

/** tRPC does not limit this by default: one request could run a thousand calls. */
const BATCH_CALLS_MAX = 10

/** Handles tRPC requests: waits for a slot, finds the caller, passes the calls to the router. */
export function createTrpcHandler(options: {
  readCaller(headers: Headers): Promise<Caller | null>
  services: ApiServices
}): (request: Request, path: string) => Promise<Response> {
  const { readCaller, services } = options
  const { logger } = services
  const limits = createCallLimits()
  const billed = billedPaths(appRouter._def.procedures)

  const findCaller = async (request: Request) => {
    // A caller who disconnected while waiting is neither served nor charged.
    if (request.signal.aborted) throw callerGone()
    try {
      const caller = await inSpan('session', () => readCaller(request.headers))
      if (request.signal.aborted) throw callerGone()
      return caller
    } catch (error) {
      if (error instanceof MeteringError) throw toTrpcError(error)
      if (error instanceof TRPCError || !isOutage(error)) throw error
      throw toTrpcError(billingUnavailable(RETRY_MS, error))
    }
  }

  const answer = (request: Request, onCallerKnown: () => void) =>
    fetchRequestHandler(
      billing.http({
        endpoint: '/trpc',
        req: request,
        router: appRouter,
        maxBatchSize: BATCH_CALLS_MAX,
        createContext: async () => {
          const caller = await findCaller(request)
          onCallerKnown()
          return inSpan('context', () =>
            createContext(services, {
              customer: caller?.customer ?? null,
              isGuest: caller?.isGuest ?? false,
              user: caller?.user ?? null,
              apiKey: caller?.apiKey ?? null,
              until: caller?.until ?? null,
              expiresAt: caller?.expiresAt ?? null,
              headers: request.headers,
            }),
          )
        },
        onError: ({ error: thrown, path }: { error: TRPCError; path?: string | undefined }) => {
          // The errors of a stream arrive here as thrown; refusals among them are not failures.
          const error = toTrpcError(thrown)
          if (error.code !== 'INTERNAL_SERVER_ERROR') return
          // Errors caused by the caller's disconnect are not failures of the server.
          if (request.signal.aborted) return logger.debug({ path }, 'api: caller hung up')
          logger.error({ error: error.cause ?? error, path }, 'api: procedure failed')
        },
      }),
    )

  return async function handleTrpc(request, path) {
    const kind = kindOfCall({ method: request.method, path }, billed)
    const finish = kind === 'billed' ? await limits.running.acquire() : () => {}
    if (!finish) return errorResponse('busy')
    const release = await limits[kind].acquire()
    try {
      if (!release) return errorResponse('busy')
      return await answer(request, kind === 'billed' ? release : () => {})
    } finally {
      release?.()
      finish()
    }
  }
}

function callerGone(): TRPCError {
  return new TRPCError({ code: 'CLIENT_CLOSED_REQUEST', message: 'The caller hung up.' })
}
