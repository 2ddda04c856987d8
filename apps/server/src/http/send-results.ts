import { fileOf, type RateLimit, RESULTS_PATH } from '@tollgate/api'
import { type CustomerId, operationId, RESULT_KEPT_MS } from '@tollgate/contract'
import type { StoredResult, Metering } from '@tollgate/metering'
import { Hono } from 'hono'
import type { Caller } from '../auth/create-caller-finder.ts'
import { errorResponse } from './error-response.ts'

/** Sends the files of stored results only to the customer who paid for them, including as a former guest. */
export function sendResults(options: {
  readCaller: (headers: Headers) => Promise<Caller | null>
  /** The guests that were merged into this customer. */
  guestsOf: (account: CustomerId) => Promise<CustomerId[]>
  metering: Pick<Metering, 'result'>
  rateLimit: RateLimit
}): Hono {
  const app = new Hono()
  app.get(`${RESULTS_PATH}/:operation`, async (c) => {
    const customerId = (await options.readCaller(c.req.raw.headers))?.customer?.customerId
    if (customerId === undefined) return errorResponse('not_signed_in')
    const waitMs = await options.rateLimit({ caller: customerId, path: RESULTS_PATH, kind: 'read' })
    if (waitMs !== null) return errorResponse('rate_limited', { retryAfterMs: waitMs })
    const id = c.req.param('operation')
    const found = UUID.test(id) ? await find(customerId, id) : null
    if (found === null) return errorResponse('not_found')
    if (!found.kept) return errorResponse('result_gone', { message: GONE })
    const file = fileOf(found.output)
    if (file === null) return errorResponse('not_found')
    const etag = `"${id}"`
    const headers = { ...KEPT_PRIVATELY, ETag: etag }
    if (c.req.header('If-None-Match') === etag) return c.body(null, 304, headers)
    return c.body(file.bytes, 200, { ...headers, 'Content-Type': file.mimeType })
  })
  return app

  async function find(customerId: CustomerId, id: string): Promise<StoredResult | null> {
    const own = await options.metering.result(customerId, operationId(id))
    if (own !== null) return own
    for (const guest of await options.guestsOf(customerId)) {
      const found = await options.metering.result(guest, operationId(id))
      if (found !== null) return found
    }
    return null
  }
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/u

/** Results never change; a browser fetches them again when another user has signed in. */
const KEPT_PRIVATELY = {
  'Cache-Control': `private, max-age=${RESULT_KEPT_MS / 1000}, immutable`,
  Vary: 'Authorization, Cookie',
}

const GONE = `Results are kept for ${RESULT_KEPT_MS / 3_600_000} hours, and this one is older.`
