import { Webhook } from 'standardwebhooks'
import type { Ledger } from '../core/ledger.ts'

/** A receiver that takes longer than this counts as unreachable. */
const TIMEOUT_MS = 5_000
/** A delivery is leased to one process, for longer than the timeout, so that a crash only delays it. */
const LEASE_MS = 30_000
/** Concurrent deliveries to one receiver. */
const BATCH_MAX = 20
/** The delays after the first, second, … failure; after the last one the delivery has failed permanently. */
const RETRY_AFTER_MS = [5_000, 30_000, 120_000, 600_000, 3_600_000, 21_600_000]

type Delivery = {
  organizationId: string
  eventId: string
  endpointId: string
  attempts: number
  url: string
  secret: string
  payload: unknown
  duplicate: boolean
}

type Receiver = { organizationId: string; endpointId: string }

/** Delivers due webhooks at least once; a slow receiver does not delay others. */
export type WebhookDispatcher = {
  /** Starts delivering to every receiver with due deliveries that is not already being served. */
  dispatchDue(): Promise<void>
  /** Waits for deliveries in flight. */
  idle(): Promise<void>
}

/** Creates a dispatcher that stops early once `signal` aborts. */
export function createWebhookDispatcher(ledger: Ledger, signal: AbortSignal): WebhookDispatcher {
  const busy = new Map<string, Promise<void>>()

  async function serve(receiver: Receiver): Promise<void> {
    try {
      let claimed = BATCH_MAX
      while (claimed === BATCH_MAX && !signal.aborted) {
        const deliveries = await claimDue(ledger, receiver)
        await Promise.all(deliveries.map((delivery) => deliver(ledger, delivery, signal)))
        claimed = deliveries.length
      }
    } catch (error) {
      ledger.logger.error(
        { error, ...receiver },
        'webhook dispatcher: delivery round failed, retrying',
      )
    }
  }

  return {
    async dispatchDue() {
      for (const receiver of await readDueReceivers(ledger)) {
        const { endpointId } = receiver
        if (busy.has(endpointId)) continue
        const serving = serve(receiver).finally(() => busy.delete(endpointId))
        busy.set(endpointId, serving)
      }
    },
    async idle() {
      await Promise.all(busy.values())
    },
  }
}

function readDueReceivers(ledger: Ledger): Promise<Receiver[]> {
  return ledger.database.query<Receiver>({
    name: 'read-due-webhook-receivers',
    text: `select distinct organization_id as "organizationId", endpoint_id as "endpointId" from webhook_delivery
           where status = 'pending' and next_attempt_at <= $1`,
    values: [ledger.clock.machineNow()],
  })
}

function claimDue(ledger: Ledger, { organizationId, endpointId }: Receiver): Promise<Delivery[]> {
  const now = ledger.clock.machineNow()
  return ledger.database.query<Delivery>({
    name: 'claim-webhook-deliveries',
    text: `with due as (
             select organization_id, event_id, endpoint_id from webhook_delivery
             where status = 'pending' and next_attempt_at <= $1 and organization_id = $4 and endpoint_id = $5
             order by next_attempt_at limit $3 for update skip locked
           )
           update webhook_delivery delivery set attempts = attempts + 1, next_attempt_at = $2
           from due, webhook_endpoint endpoint, webhook_event event
           where delivery.organization_id = due.organization_id and delivery.event_id = due.event_id
             and delivery.endpoint_id = due.endpoint_id
             and endpoint.organization_id = due.organization_id and endpoint.id = due.endpoint_id
             and event.organization_id = due.organization_id and event.id = due.event_id
           returning delivery.organization_id as "organizationId", delivery.event_id as "eventId",
                     delivery.endpoint_id as "endpointId", delivery.attempts, endpoint.url, endpoint.secret,
                     event.payload,
                     coalesce((select duplicate_deliveries from dev_fault fault
                               where fault.organization_id = due.organization_id), false) as duplicate`,
    values: [now, now + LEASE_MS, BATCH_MAX, organizationId, endpointId],
  })
}

async function deliver(ledger: Ledger, delivery: Delivery, signal: AbortSignal): Promise<void> {
  const outcome = await send(ledger, delivery, signal)
  if (delivery.duplicate) await send(ledger, delivery, signal)
  const now = ledger.clock.machineNow()
  const delivered = outcome.status !== null && outcome.status >= 200 && outcome.status < 300
  const retryAfter = RETRY_AFTER_MS[delivery.attempts - 1]
  const state = delivered ? 'delivered' : retryAfter === undefined ? 'failed' : 'pending'
  await ledger.database.query({
    text: `update webhook_delivery set status = $4, next_attempt_at = $5, last_status = $6, last_error = $7,
             delivered_at = $8
           where organization_id = $1 and event_id = $2 and endpoint_id = $3`,
    values: [
      delivery.organizationId,
      delivery.eventId,
      delivery.endpointId,
      state,
      state === 'pending' ? now + (retryAfter ?? 0) : null,
      outcome.status,
      delivered ? null : outcome.error,
      delivered ? now : null,
    ],
  })
}

async function send(
  ledger: Ledger,
  delivery: Delivery,
  signal: AbortSignal,
): Promise<{ status: number | null; error: string | null }> {
  const body = JSON.stringify(delivery.payload)
  const signedAt = new Date(ledger.clock.machineNow())
  try {
    const signature = new Webhook(delivery.secret).sign(delivery.eventId, signedAt, body)
    const response = await fetch(delivery.url, {
      method: 'POST',
      // Svix's names, which Flowglad's `verifyWebhook` reads.
      headers: {
        'content-type': 'application/json',
        'svix-id': delivery.eventId,
        'svix-timestamp': String(Math.floor(signedAt.getTime() / 1_000)),
        'svix-signature': signature,
      },
      body,
      redirect: 'manual',
      signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
    })
    await response.body?.cancel()
    return { status: response.status, error: `answered with ${response.status}` }
  } catch (error) {
    return { status: null, error: error instanceof Error ? error.message : String(error) }
  }
}
