import { createHmac, randomBytes } from 'node:crypto'

const SECRET_PREFIX = 'whsec_'

/** Makes a signing secret in Svix's form: a prefix and padded base64. */
export function newWebhookSecret(): string {
  return `${SECRET_PREFIX}${randomBytes(24).toString('base64')}`
}

/** Signs a webhook as Svix does, so that Flowglad's `verifyWebhook` accepts it. */
export function signWebhook(message: {
  id: string
  timestamp: number
  body: string
  secret: string
}): Record<'svix-id' | 'svix-timestamp' | 'svix-signature', string> {
  const key = Buffer.from(message.secret.slice(SECRET_PREFIX.length), 'base64')
  const signature = createHmac('sha256', key)
    .update(`${message.id}.${message.timestamp}.${message.body}`)
    .digest('base64')
  return {
    'svix-id': message.id,
    'svix-timestamp': String(message.timestamp),
    'svix-signature': `v1,${signature}`,
  }
}
