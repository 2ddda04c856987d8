import { hash } from 'node:crypto'

/** What a key belongs to: its customer and procedure. */
export type KeyScope = { customerId: string; procedure: string; keyHash: string }

/** Half of a UUID, which consists of two digests. */
const HALF_HEX = 16

/**
 * The 128 bits that identify an operation by its key. The first half depends only on customer and key, so that a key can be looked up
 * without its procedure.
 */
export function operationKeyOf({ customerId, procedure, keyHash }: KeyScope): string {
  const key = `${customerId}\n${keyHash}`
  return half(key) + half(`${key}\n${procedure}`)
}

/** The first and the last of a key's values over all procedures. */
export function keyRangeOf({ customerId, keyHash }: Omit<KeyScope, 'procedure'>) {
  const first = half(`${customerId}\n${keyHash}`)
  return { from: first + '0'.repeat(HALF_HEX), to: first + 'f'.repeat(HALF_HEX) }
}

function half(text: string): string {
  return hash('sha256', text, 'hex').slice(0, HALF_HEX)
}
