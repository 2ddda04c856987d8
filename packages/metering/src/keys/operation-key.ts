import { hash } from 'node:crypto'

/** What a key belongs to: whose it is, and what it was minted for. */
export type KeyScope = { customerId: string; procedure: string; keyHash: string }

/** Half of the digest, so that both halves together are one UUID. */
const HALF_HEX = 16

/**
 * The 128 bits under which an operation is found by its key. The first half is that of the customer's key alone, so that a
 * key can be looked up without its procedure.
 */
export function operationKeyOf({ customerId, procedure, keyHash }: KeyScope): string {
  const key = `${customerId}\n${keyHash}`
  return half(key) + half(`${key}\n${procedure}`)
}

/** The first and the last key that any procedure could have. */
export function keyRangeOf({ customerId, keyHash }: Omit<KeyScope, 'procedure'>) {
  const first = half(`${customerId}\n${keyHash}`)
  return { from: first + '0'.repeat(HALF_HEX), to: first + 'f'.repeat(HALF_HEX) }
}

function half(text: string): string {
  return hash('sha256', text, 'hex').slice(0, HALF_HEX)
}
