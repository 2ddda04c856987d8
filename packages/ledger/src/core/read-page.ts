import { LedgerError } from './ledger-error.ts'
import type { Queryable } from './queryable.ts'

/** What can be listed: its columns, and where they come from. `key` is the table that has `created_at` and `id`. */
export type ListSource = { columns: string; from: string; key: string }

/** Which part of a list. */
export type PageRequest = { organizationId: string; cursor?: string | undefined; limit: number }

/** One page, newest first; `nextCursor` is there while more follows. */
export type Page<Item> = {
  data: Item[]
  hasMore: boolean
  total: number
  currentCursor?: string
  nextCursor?: string
}

/** Reads one page of a list. Cursors name a position, so concurrent inserts shift nothing. */
export async function readPage<Item extends { id: string; createdAt: number }>(
  from: Queryable,
  source: ListSource,
  request: PageRequest,
): Promise<Page<Item>> {
  const { organizationId, cursor, limit } = request
  const place = cursor === undefined ? null : readCursor(cursor)
  const rows = await from.query<Item>({
    text: `select ${source.columns} from ${source.from}
           where ${source.key}.organization_id = $1
             and ($2::bigint is null or (${source.key}.created_at, ${source.key}.id) < ($2::bigint, $3::text))
           order by ${source.key}.created_at desc, ${source.key}.id desc limit $4`,
    values: [organizationId, place?.createdAt ?? null, place?.id ?? null, limit + 1],
  })
  const [counted] = await from.query<{ total: number }>({
    text: `select count(*)::bigint as total from ${source.from} where ${source.key}.organization_id = $1`,
    values: [organizationId],
  })
  const data = rows.slice(0, limit)
  const last = data.at(-1)
  const hasMore = rows.length > limit
  return {
    data,
    hasMore,
    total: counted?.total ?? 0,
    ...(cursor === undefined ? {} : { currentCursor: cursor }),
    ...(hasMore && last ? { nextCursor: writeCursor(last) } : {}),
  }
}

/** Encodes a position in a list: an instant and an id. */
export function writeCursor({ createdAt, id }: { createdAt: number; id: string }): string {
  return Buffer.from(JSON.stringify([createdAt, id])).toString('base64url')
}

/** Decodes a cursor; refuses an invalid one. */
export function readCursor(cursor: string): { createdAt: number; id: string } {
  try {
    const place: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
    if (Array.isArray(place) && Number.isSafeInteger(place[0]) && typeof place[1] === 'string') {
      return { createdAt: Number(place[0]), id: place[1] }
    }
  } catch {
    // Not JSON: refused below like any other invalid cursor.
  }
  throw new LedgerError(
    'BAD_REQUEST',
    'The cursor is invalid: use nextCursor of the previous page.',
  )
}
