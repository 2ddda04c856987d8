import { randomBytes } from 'node:crypto'

/** Generates a signing secret in Svix's format: a prefix and padded base64. */
export function newWebhookSecret(): string {
  return `whsec_${randomBytes(24).toString('base64')}`
}
