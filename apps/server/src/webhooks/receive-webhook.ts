import type { Logger } from '@tollgate/contract'
import { type FlowgladEvent, FlowgladWebhookError, readWebhook } from '@tollgate/flowglad'
import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { errorResponse } from '../http/error-response.ts'
import type { EventInbox } from './create-event-inbox.ts'

/** Where Flowglad sends its webhooks. */
export const WEBHOOK_PATH = '/api/webhooks/flowglad'

/** An event has a few hundred bytes. */
const BODY_BYTES_MAX = 64 * 1024
const STATUS = { WEBHOOK_UNVERIFIED: 401, WEBHOOK_MALFORMED: 400 } as const
/** Long enough for a database to restart. */
const RETRY_AFTER_MS = 5000

/** Receives Flowglad's webhooks: verifies, records and answers them; the customer is synced afterwards. */
export function receiveWebhook(options: {
  secret: string
  inbox: Pick<EventInbox, 'record'>
  logger: Logger
}): Hono {
  const { secret, inbox, logger } = options
  const app = new Hono()
  const tooLarge = () => errorResponse('too_large', { message: 'A webhook has at most 64 KiB.' })
  const limit = bodyLimit({ maxSize: BODY_BYTES_MAX, onError: tooLarge })
  app.post(WEBHOOK_PATH, limit, async (c) => {
    let event: FlowgladEvent
    try {
      event = readWebhook({ body: await c.req.text(), headers: c.req.raw.headers, secret })
    } catch (error) {
      if (!(error instanceof FlowgladWebhookError)) throw error
      logger.warn({ error }, 'webhooks: event refused')
      return c.json({ error: error.code, message: error.message }, STATUS[error.code])
    }
    const { id, customerId } = event
    try {
      if (customerId !== null) await inbox.record({ id, customerId })
      return c.json({ received: true })
    } catch (error) {
      logger.error({ error, id }, 'webhooks: event not recorded')
      const message = 'The event was not recorded. Send it again.'
      return errorResponse('unavailable', { message, retryAfterMs: RETRY_AFTER_MS })
    }
  })
  return app
}
