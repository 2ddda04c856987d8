import { randomBytes } from 'node:crypto'

/** Makes a signing secret in Svix's form: a prefix and padded base64. */
export function newWebhookSecret(): string {
  return `whsec_${randomBytes(24).toString('base64')}`
}
