import type { BillingBackend, Logger } from '@tollgate/contract'
import type { Database } from '@tollgate/database'
import type { Metering } from '@tollgate/metering'
import { Hono } from 'hono'
import { createEventInbox } from './create-event-inbox.ts'
import { receiveWebhook } from './receive-webhook.ts'

/**
 * Receives the backend's webhooks about our customers; without a secret to verify them none are received. Customers that our own events
 * concern are synced in either case.
 */
export function openWebhooks(options: {
  secret: string | undefined
  database: Database
  metering: Metering
  backend: BillingBackend
  logger: Logger
}): { routes: Hono; stop(): Promise<void> } {
  const { secret, logger } = options
  const inbox = createEventInbox(options)
  inbox.start()
  if (secret === undefined) {
    logger.info({}, 'webhooks: ignored, FLOWGLAD_WEBHOOK_SECRET is not set')
    return { routes: new Hono(), stop: () => inbox.stop() }
  }
  return { routes: receiveWebhook({ secret, inbox, logger }), stop: () => inbox.stop() }
}
