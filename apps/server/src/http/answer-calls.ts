import { type ApiServices, appRouter, billedPaths, billing, createContext } from '@tollgate/api'
import { billingUnavailable, inSpan } from '@tollgate/metering'
import { toTrpcError } from '@tollgate/trpc'
import { TRPCError } from '@trpc/server'
import { fetchRequestHandler } from '@trpc/server/adapters/fetch'
import type { Caller } from '../auth/create-caller-reader.ts'
import { type CallLines, kindOfCall } from './call-lines.ts'
import { isOutage, OUTAGE_RETRY_MS } from './store-outage.ts'

/** tRPC's own default is unlimited: one request could run a thousand calls. */
const BATCH_CALLS_MAX = 10

/** Answers tRPC requests: waits for a turn, finds out who calls, hands the calls to the router. */
export function answerCalls(options: {
  readCaller(headers: Headers): Promise<Caller | null>
  services: ApiServices
  lines: CallLines
}): (request: Request, path: string) => Promise<Response> {
  const { readCaller, services, lines } = options
  const { logger } = services
  const billed = billedPaths(appRouter._def.procedures)

  const findCaller = async (request: Request) => {
    // Whoever left while waiting gets nothing done, and is charged nothing.
    if (request.signal.aborted) throw callerGone()
    try {
      const caller = await inSpan('session', () => readCaller(request.headers))
      if (request.signal.aborted) throw callerGone()
      return caller
    } catch (error) {
      if (error instanceof TRPCError || !isOutage(error)) throw error
      throw toTrpcError(billingUnavailable(OUTAGE_RETRY_MS, error))
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
              headers: request.headers,
            }),
          )
        },
        onError: ({ error: thrown, path }: { error: TRPCError; path?: string | undefined }) => {
          // What a stream throws comes here as it was thrown: a refusal among it is no failure.
          const error = toTrpcError(thrown)
          if (error.code !== 'INTERNAL_SERVER_ERROR') return
          // What fails because its caller hung up is no fault of ours.
          if (request.signal.aborted) return logger.debug({ path }, 'api: a caller hung up')
          logger.error({ error: error.cause ?? error, path }, 'a procedure failed')
        },
      }),
    )

  return async function answerCalls(request, path) {
    const kind = kindOfCall({ method: request.method, path }, billed)
    const finish = kind === 'billed' ? await lines.running.enter() : () => {}
    if (!finish) return busy()
    const leave = await lines[kind].enter()
    try {
      return leave ? await answer(request, kind === 'billed' ? leave : () => {}) : busy()
    } finally {
      leave?.()
      finish()
    }
  }
}

function callerGone(): TRPCError {
  return new TRPCError({ code: 'CLIENT_CLOSED_REQUEST', message: 'The caller hung up.' })
}

/** The answer when too many wait already. */
export function busy(): Response {
  const body = {
    error: 'busy',
    message: 'Too many calls at the moment. Try again in a second.',
  }
  return Response.json(body, { status: 503, headers: { 'Retry-After': '1' } })
}
