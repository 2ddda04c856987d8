import { type CustomerId, isCustomerId } from '@tollgate/contract'
import { Webhook, WebhookVerificationError } from 'standardwebhooks'
import { z } from 'zod'

/** An event at Flowglad, and the customer whose plan or balance it may have changed; null when it is not one of ours. */
export type FlowgladEvent = { id: string; customerId: CustomerId | null }

/** Ids usually have some thirty characters; they become keys of a table. */
const EVENT_ID_LENGTH_MAX = 200

/** The maximum clock skew of a sender that is ahead of us. */
const AHEAD_SECONDS_MAX = 60

const eventSchema = z.object({ customer: z.object({ externalId: z.string() }).nullish() })

/**
 * Verifies that a webhook was signed by Flowglad, is unmodified and not older than five minutes, and reads the customer it is about. `body`
 * is the raw text: parsed and serialized again it would differ. Throws `FlowgladWebhookError`.
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

/** A webhook that is ignored: its signature is invalid, or it cannot be parsed. */
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
    // Flowglad sends through Svix, whose header names differ from those of the standard derived from it.
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
