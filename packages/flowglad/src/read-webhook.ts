import { type CustomerId, isCustomerId } from '@tollgate/contract'
import { Webhook, WebhookVerificationError } from 'standardwebhooks'
import { z } from 'zod'

/** An event at Flowglad, and the customer whose plan or balance it may have changed; null when it is not ours. */
export type FlowgladEvent = { id: string; customerId: CustomerId | null }

/** Senders use some thirty characters; it becomes a key of a table. */
const EVENT_ID_LENGTH_MAX = 200

/** How far ahead of us the sender's clock may be. */
const AHEAD_SECONDS_MAX = 60

const eventSchema = z.object({ customer: z.object({ externalId: z.string() }).nullish() })

/**
 * Checks that a webhook comes from Flowglad, is the one that was sent and is not older than five minutes, and reads what it is
 * about. `body` is the text as it came: parsed and printed again it would be another one. Throws `FlowgladWebhookError`.
 *
 * @example
 * const event = readWebhook({ body: await request.text(), headers: request.headers, secret })
 * if (event.customerId) await markForSync(event)
 */
export function readWebhook(webhook: {
  body: string
  headers: Headers
  secret: string
}): FlowgladEvent {
  const event = eventSchema.safeParse(verified(webhook))
  if (!event.success) {
    throw new FlowgladWebhookError('WEBHOOK_MALFORMED', 'This is no event of Flowglad.')
  }
  const id = webhook.headers.get('svix-id') ?? ''
  if (id.length > EVENT_ID_LENGTH_MAX) {
    const message = `The event's id has ${id.length} characters; at most ${EVENT_ID_LENGTH_MAX} are taken.`
    throw new FlowgladWebhookError('WEBHOOK_MALFORMED', message)
  }
  const externalId = event.data.customer?.externalId ?? ''
  // A Flowglad account may have customers of other applications.
  return { id, customerId: isCustomerId(externalId) ? externalId : null }
}

/** A webhook that is not acted upon: not surely Flowglad's, or not readable. */
export class FlowgladWebhookError extends Error {
  override readonly name = 'FlowgladWebhookError'
  readonly code: 'WEBHOOK_UNVERIFIED' | 'WEBHOOK_MALFORMED'

  constructor(code: FlowgladWebhookError['code'], message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}

function verified({ body, headers, secret }: Parameters<typeof readWebhook>[0]): unknown {
  const event = parse(body)
  const timestamp = headers.get('svix-timestamp') ?? ''
  const isTooEarly = Number(timestamp) > Date.now() / 1_000 + AHEAD_SECONDS_MAX
  try {
    if (isTooEarly) throw new WebhookVerificationError('Message timestamp too new')
    // Svix, which Flowglad sends through, names the headers otherwise than the standard that came of it.
    new Webhook(secret).verify(body, {
      'webhook-id': headers.get('svix-id') ?? '',
      'webhook-timestamp': timestamp,
      'webhook-signature': headers.get('svix-signature') ?? '',
    })
    return event
  } catch (error) {
    if (!(error instanceof WebhookVerificationError)) throw error
    const message = `The webhook cannot be verified: ${error.message}.`
    throw new FlowgladWebhookError('WEBHOOK_UNVERIFIED', message, { cause: error })
  }
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch (error) {
    throw new FlowgladWebhookError('WEBHOOK_MALFORMED', 'The body is not JSON.', { cause: error })
  }
}
