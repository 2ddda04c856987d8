import { hash } from 'node:crypto'

/** SHA-256 as base64url: keys and inputs are compared, never stored in plain text. */
export function digest(text: string): string {
  return hash('sha256', text, 'base64url')
}
