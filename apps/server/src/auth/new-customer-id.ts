import { randomBytes } from 'node:crypto'

/** The id of a customer of the billing backend that no one can guess. */
export function newCustomerId(): string {
  return `cus_${randomBytes(15).toString('base64url')}`
}
