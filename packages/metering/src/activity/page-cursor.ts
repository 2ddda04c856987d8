import { isUuid } from '../keys/is-uuid.ts'

/** The last entry of a page: its end, as the database wrote it, to keep the microseconds; null while it is running. */
export type PagePosition = { at: string | null; id: string }

/** Encodes a position as the cursor of the next page. */
export function writeCursor({ at, id }: PagePosition): string {
  return Buffer.from(JSON.stringify([at, id])).toString('base64url')
}

/** Decodes a cursor; null without one, and for one that `writeCursor` did not write. */
export function readCursor(cursor: string | undefined): PagePosition | null {
  if (!cursor) return null
  try {
    const parsed: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString())
    if (!Array.isArray(parsed)) return null
    const [at, id]: unknown[] = parsed
    if (typeof id !== 'string' || !isUuid(id)) return null
    if (at === null) return { at, id }
    return typeof at === 'string' && isInstant(at) ? { at, id } : null
  } catch {
    return null
  }
}

/** Accepts only what the database could have written: it would reject anything else, and a bad cursor must not count as our failure. */
function isInstant(text: string): boolean {
  const [, year, month, day] = INSTANT.exec(text) ?? []
  if (year === undefined || Number.isNaN(Date.parse(text))) return false
  // JavaScript parses February 30 as a day in March; the database rejects it.
  return (
    new Date(Date.UTC(Number(year), Number(month) - 1, Number(day))).getUTCDate() === Number(day)
  )
}

const INSTANT =
  /^(\d{4})-(\d{2})-(\d{2})[ T]\d{2}:\d{2}:\d{2}(?:\.\d{1,6})?(?:Z|[+-]\d{2}(?::?\d{2})?)$/
