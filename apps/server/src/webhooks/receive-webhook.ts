import type { Logger } from '@tollgate/contract'
import { type FlowgladEvent, FlowgladWebhookError, readWebhook } from '@tollgate/flowglad'
import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type { EventInbox } from './create-event-inbox.ts'

/** Where Flowglad tells us what happened. */
export const WEBHOOK_PATH = '/api/webhooks/flowglad'

/** An event has a few hundred bytes. */
const BODY_BYTES_MAX = 64 * 1024
const STATUS = { WEBHOOK_UNVERIFIED: 401, WEBHOOK_MALFORMED: 400 } as const

/** Takes what Flowglad tells: verified, written down once, answered; what it leads to happens afterwards. */
export function receiveWebhook(options: {
  secret: string
  inbox: EventInbox
  logger: Logger
}): Hono {
  const { secret, inbox, logger } = options
  const app = new Hono()
  const limit = bodyLimit({ maxSize: BODY_BYTES_MAX, onError: (c) => c.json(TOO_LARGE, 413) })
  app.post(WEBHOOK_PATH, limit, async (c) => {
    let event: FlowgladEvent
    try {
      event = readWebhook({ body: await c.req.text(), headers: c.req.raw.headers, secret })
    } catch (error) {
      if (!(error instanceof FlowgladWebhookError)) throw error
      logger.warn({ error }, 'a webhook was refused')
      return c.json({ error: error.code, message: error.message }, STATUS[error.code])
    }
    return (await keep(inbox, event, logger)) ? c.json({ received: true }) : unavailable(c)
  })
  return app
}

const TOO_LARGE = { error: 'too_large', message: 'A webhook has at most 64 KiB.' }

/** False when it could not be written down; the sender then has to come again. */
async function keep(
  inbox: EventInbox,
  { id, customerId }: FlowgladEvent,
  logger: Logger,
): Promise<boolean> {
  if (customerId === null) return true
  try {
    await inbox.record({ id, customerId })
    return true
  } catch (error) {
    logger.error({ error, id }, 'a webhook could not be written down')
    return false
  }
}

function unavailable(c: Context): Response {
  const message = 'This could not be written down. Send it again.'
  return c.json({ error: 'unavailable', message }, 503, { 'Retry-After': '5' })
}
