import type { Logger } from '@tollgate/contract'
import type { Database } from '@tollgate/database'
import type { Metering } from '@tollgate/metering'
import { Hono } from 'hono'
import { createEventInbox } from './create-event-inbox.ts'
import { receiveWebhook } from './receive-webhook.ts'

/** Listens to what the backend tells about our customers; without a secret nothing could be believed, and nothing is mounted. */
export function openWebhooks(options: {
  secret: string | undefined
  database: Database
  metering: Metering
  logger: Logger
}): { routes: Hono; stop(): Promise<void> } {
  const { secret, logger } = options
  if (secret === undefined) {
    logger.info(
      {},
      'no FLOWGLAD_WEBHOOK_SECRET: what changes at Flowglad is seen when a balance is next read',
    )
    return { routes: new Hono(), stop: async () => {} }
  }
  const inbox = createEventInbox(options)
  inbox.start()
  return { routes: receiveWebhook({ secret, inbox, logger }), stop: () => inbox.stop() }
}
