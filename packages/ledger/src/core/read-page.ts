import { type QueryCreator, type SelectQueryBuilder, sql } from 'kysely'
import { LedgerError } from './ledger-error.ts'
import type { Queryable } from './queryable.ts'
import type { Tables } from './tables.gen.ts'
import { typed } from './typed.ts'

type Listed = { id: string; createdAt: number }

/** The page of a list to read. */
export type PageRequest = { organizationId: string; cursor?: string | undefined; limit: number }

/** One page, newest first; `nextCursor` is set if there are more. */
export type Page<Item> = {
  data: Item[]
  hasMore: boolean
  total: number
  currentCursor?: string
  nextCursor?: string
}

/** The source of a list: statements that read it, and the table they page through. */
export type List<From extends keyof Tables, Item> = {
  key: 'customer' | 'payment' | 'usageEvent'
  select(from: QueryCreator<Tables>): SelectQueryBuilder<Tables, From, Item>
}

/** Reads one page of a list. A cursor is a position, so concurrent inserts do not shift pages. */
export async function readPage<From extends keyof Tables, Item extends Listed>(
  from: Queryable,
  { key, select }: List<From, Item>,
  { organizationId, cursor, limit }: PageRequest,
): Promise<Page<Item>> {
  const [owner, createdAt, id] = [`${key}.organizationId`, `${key}.createdAt`, `${key}.id`].map(
    (column) => sql.ref(column),
  )
  const all = select(typed(from)).where(sql<boolean>`${owner} = ${organizationId}`)
  const place = cursor === undefined ? null : readCursor(cursor)
  const rows = await all
    .$if(place !== null, (before) =>
      before.where(sql<boolean>`(${createdAt}, ${id}) < (${place?.createdAt}, ${place?.id})`),
    )
    .orderBy(sql`${createdAt} desc, ${id} desc`)
    .limit(limit + 1)
    .execute()
  const { total } = await all
    .clearSelect()
    .select(({ fn }) => fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  const data = rows.slice(0, limit)
  const last = data.at(-1)
  const hasMore = rows.length > limit
  return {
    data,
    hasMore,
    total,
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
