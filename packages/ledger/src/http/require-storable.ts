import { LedgerError } from '../core/ledger-error.ts'

/** Deeper than any legitimate data, and far below the limits of the database and the stack. */
const DEPTH_MAX = 64
/** NUL and lone surrogates, which JSON and URLs can contain but the database cannot store. */
const UNSTORABLE = /[\0\p{Surrogate}]/u

/** Rejects input that cannot be stored in any field: invalid text or excessive nesting. */
export function requireStorable(input: unknown): void {
  const waiting: { value: unknown; depth: number }[] = [{ value: input, depth: 0 }]
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { value, depth } = next
    if (depth > DEPTH_MAX) refuse(`Data may be nested ${DEPTH_MAX} levels deep.`)
    if (typeof value === 'string' && UNSTORABLE.test(value)) {
      refuse('Text may contain neither NUL nor half a character (a lone surrogate).')
    }
    if (typeof value !== 'object' || value === null) continue
    for (const [key, item] of Object.entries(value)) {
      waiting.push({ value: key, depth: depth + 1 }, { value: item, depth: depth + 1 })
    }
  }
}

function refuse(message: string): never {
  throw new LedgerError('BAD_REQUEST', message)
}
