import { createHmac } from 'node:crypto'

/** A webhook as it goes over the wire. */
export type SentWebhook = { headers: Record<string, string>; body: string }

/** Signs an event of a customer as its sender does, `ageSeconds` ago. */
export function signedWebhook(event: {
  id: string
  externalId: string
  secret: string
  ageSeconds?: number
}): SentWebhook {
  const { id, externalId, secret, ageSeconds = 0 } = event
  const body = JSON.stringify({
    id: 'sub_1',
    object: 'subscription',
    customer: { id: 'cust_1', externalId },
  })
  const timestamp = Math.floor(Date.now() / 1000) - ageSeconds
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64')
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')
  const headers = {
    'content-type': 'application/json',
    'svix-id': id,
    'svix-timestamp': String(timestamp),
    'svix-signature': `v1,${signature}`,
  }
  return { headers, body }
}
