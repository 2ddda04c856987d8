import { isUuid } from '../keys/is-uuid.ts'

/** The last entry of a page: when it ended, as the database wrote it, because microseconds count; null while it runs. */
export type PagePosition = { at: string | null; id: string }

/** A position as a caller carries it to the next page. */
export function writeCursor({ at, id }: PagePosition): string {
  return Buffer.from(JSON.stringify([at, id])).toString('base64url')
}

/** The position in a cursor; null without one, and for one that was never written here. */
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

/** Only what the database itself has written: it refuses other instants, which are a caller's mistake and no failure of ours. */
function isInstant(text: string): boolean {
  const [, year, month, day] = INSTANT.exec(text) ?? []
  if (year === undefined || Number.isNaN(Date.parse(text))) return false
  // Parsers take February 30 for a day in March; the database does not.
  return (
    new Date(Date.UTC(Number(year), Number(month) - 1, Number(day))).getUTCDate() === Number(day)
  )
}

const INSTANT =
  /^(\d{4})-(\d{2})-(\d{2})[ T]\d{2}:\d{2}:\d{2}(?:\.\d{1,6})?(?:Z|[+-]\d{2}(?::?\d{2})?)$/
