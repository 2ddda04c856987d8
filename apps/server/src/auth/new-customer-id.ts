import { randomBytes } from 'node:crypto'

/** An unguessable id for a customer of the billing backend. */
export function newCustomerId(): string {
  return `cus_${randomBytes(15).toString('base64url')}`
}
