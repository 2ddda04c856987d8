import type { Logger } from '@tollgate/contract'
import type { Database } from '@tollgate/database'
import type { Metering } from '@tollgate/metering'
import { Hono } from 'hono'
import { createEventInbox } from './create-event-inbox.ts'
import { receiveWebhook } from './receive-webhook.ts'

/** Receives the backend's webhooks about our customers; without a secret none could be verified, and none is received. */
export function openWebhooks(options: {
  secret: string | undefined
  database: Database
  metering: Metering
  logger: Logger
}): { routes: Hono; stop(): Promise<void> } {
  const { secret, logger } = options
  if (secret === undefined) {
    logger.info({}, 'webhooks: ignored, FLOWGLAD_WEBHOOK_SECRET is not set')
    return { routes: new Hono(), stop: async () => {} }
  }
  const inbox = createEventInbox(options)
  inbox.start()
  return { routes: receiveWebhook({ secret, inbox, logger }), stop: () => inbox.stop() }
}
