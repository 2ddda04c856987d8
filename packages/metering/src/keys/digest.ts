import { createHash } from 'node:crypto'

/** SHA-256 as base64url: keys and inputs are compared, never stored as they came. */
export function digest(text: string): string {
  return createHash('sha256').update(text).digest('base64url')
}
