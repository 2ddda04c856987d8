import type { RateLimit } from '@tollgate/api'
import { Hono } from 'hono'
import type { Caller } from '../auth/create-caller-finder.ts'
import { errorResponse } from '../http/error-response.ts'
import { exportCustomer, type ExportSources } from './export-customer.ts'

/** Where customers download their data. */
const EXPORT_PATH = '/api/account/export'

/** Streams a customer's data as JSON lines, with backpressure. */
export function sendExport(options: {
  readCaller: (headers: Headers) => Promise<Caller | null>
  rateLimit: RateLimit
  sources: ExportSources
}): Hono {
  const app = new Hono()
  app.get(EXPORT_PATH, async (c) => {
    const caller = await options.readCaller(c.req.raw.headers)
    if (!caller?.customer) return errorResponse('not_signed_in')
    const { customer, user, apiKey } = caller
    const { membership } = user
    // API keys may spend, but only their owner may read the data; an organization's export is for its owners.
    if (apiKey || (membership && membership.role !== 'owner')) return errorResponse('not_found')
    const { customerId } = customer
    const waitMs = await options.rateLimit({ caller: customerId, path: EXPORT_PATH, kind: 'read' })
    if (waitMs !== null) return errorResponse('rate_limited', { retryAfterMs: waitMs })
    const organizationId = membership?.organizationId ?? null
    const lines = exportCustomer(options.sources, { customer, userId: user.id, organizationId })
    return c.body(toStream(lines), 200, {
      'Content-Type': 'application/jsonl; charset=utf-8',
      'Content-Disposition': 'attachment; filename="tollgate-export.jsonl"',
      'Cache-Control': 'no-store',
    })
  })
  return app
}

/** Reads a line once the previous one is consumed; stops when the caller disconnects. */
function toStream(lines: AsyncGenerator<object>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  return new ReadableStream({
    async pull(controller) {
      const { value, done } = await lines.next()
      if (done) controller.close()
      else controller.enqueue(encoder.encode(`${JSON.stringify(value)}\n`))
    },
    async cancel() {
      await lines.return(undefined)
    },
  })
}
