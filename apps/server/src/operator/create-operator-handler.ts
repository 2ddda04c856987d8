import { type OperatorCaller, operatorRouter, type OperatorService } from '@tollgate/api'
import type { Logger } from '@tollgate/contract'
import { fetchRequestHandler } from '@trpc/server/adapters/fetch'
import { createConcurrencyLimit } from '../http/concurrency-limit.ts'
import { errorResponse } from '../http/error-response.ts'

/** Below `/trpc/`, so that the same request checks apply. */
export const OPERATOR_PATH = '/trpc/operator'

/** As many as its database connections. */
const CONCURRENT_MAX = 4
const QUEUED_MAX = 50
/** A page of the view makes fewer calls at once. */
const BATCH_CALLS_MAX = 10

/**
 * Serves the operators' procedures with their own router and concurrency limit, so that neither operators nor customers wait for each
 * other.
 */
export function createOperatorHandler(options: {
  readOperator(headers: Headers): Promise<OperatorCaller>
  service: OperatorService
  logger: Logger
}): (request: Request) => Promise<Response> {
  const { readOperator, service, logger } = options
  const limit = createConcurrencyLimit({ concurrent: CONCURRENT_MAX, queued: QUEUED_MAX })
  return async function handleOperator(request) {
    const release = await limit.acquire()
    if (!release) return errorResponse('busy')
    try {
      return await fetchRequestHandler({
        endpoint: OPERATOR_PATH,
        req: request,
        router: operatorRouter,
        maxBatchSize: BATCH_CALLS_MAX,
        createContext: async () => ({ caller: await readOperator(request.headers), service }),
        responseMeta: () => ({ headers: new Headers({ 'cache-control': 'no-store' }) }),
        onError: ({ error, path }) => {
          if (error.code !== 'INTERNAL_SERVER_ERROR') return
          logger.error({ error: error.cause ?? error, path }, 'operator view: procedure failed')
        },
      })
    } finally {
      release()
    }
  }
}
