import type { Database, Transaction } from '@tollgate/database'
import type { Shard } from './shard.ts'

/** Rows read and written at a time. */
const PAGE = 2000

/**
 * Copies all rows of an unowned bucket to a shard, which owns the bucket from the same commit on, and deletes the rows elsewhere. Returns
 * the number of rows. If the shard already owns the bucket, only the deletion is left. An interrupted move may have left rows on several
 * shards; they are identical, because nothing writes to an unowned bucket, so they are copied from one shard at most.
 */
export async function copyBucket(options: {
  sources: readonly Shard[]
  target: Shard
  bucket: number
  /** Throws when another process may be moving the bucket by now, so that nothing more may be changed. */
  confirmAlone: () => Promise<void>
}): Promise<number> {
  const { sources, target, bucket, confirmAlone } = options
  const tables = await readTables(target.database)
  const copied = await target.database.transaction(async (writing) => {
    const owned = await writing.query(ownershipOf(bucket))
    if (owned.length > 0) return countRows(writing, tables, bucket)
    await asReplica(writing)
    const holders = await readHolders(sources, tables, bucket)
    const [holder] = holders
    if (holder && (await countRows(writing, tables, bucket)) === 0)
      for (const table of tables) await copyTable(holder.database, writing, { table, bucket })
    await writing.query({
      text: 'insert into metering.bucket (bucket) values ($1)',
      values: [bucket],
    })
    const there = await refuseDifference({ holders, writing, tables, bucket })
    await confirmAlone()
    return there
  })
  for (const { database } of sources) {
    await database.transaction(async (deleting) => {
      await asReplica(deleting)
      for (const table of tables)
        await deleting.query({ text: `delete from ${table} where bucket = $1`, values: [bucket] })
      await refuseOwned(deleting, bucket)
      await confirmAlone()
    })
  }
  return copied
}

/** An owned bucket is in use, and may be the only copy. */
async function refuseOwned(deleting: Transaction, bucket: number): Promise<void> {
  const rows = await deleting.query(ownershipOf(bucket))
  if (rows.length > 0) throw new Error(`Bucket ${bucket} was moved by another process meanwhile.`)
}

function ownershipOf(bucket: number) {
  return { text: 'select 1 from metering.bucket where bucket = $1', values: [bucket] }
}

/** Disables triggers, so that rows move unchanged: none increments a version, records a change or refuses to delete an event. */
async function asReplica(transaction: Transaction): Promise<void> {
  await transaction.query({ text: 'set local session_replication_role = replica' })
}

/** Every table of metering with a bucket column, except the list of buckets itself. */
async function readTables(database: Database): Promise<string[]> {
  const rows = await database.query<{ name: string }>({
    text: `select format('metering.%I', c.relname) as name
           from pg_class c
           join pg_namespace n on n.oid = c.relnamespace
           join pg_attribute a on a.attrelid = c.oid and a.attname = 'bucket' and not a.attisdropped
           where n.nspname = 'metering' and c.relkind in ('r', 'p') and not c.relispartition and c.relname <> 'bucket'
           order by c.relname`,
  })
  return rows.map(({ name }) => name)
}

async function copyTable(
  source: Database,
  writing: Transaction,
  { table, bucket }: { table: string; bucket: number },
): Promise<void> {
  await source.transaction(async (reading) => {
    await reading.query({
      text: `declare moved cursor for select t::text as row from ${table} t where t.bucket = ${bucket}`,
    })
    for (;;) {
      const page = await reading.query<{ row: string }>({ text: `fetch ${PAGE} from moved` })
      if (page.length === 0) return
      await writing.query({
        text: `insert into ${table} select (r::${table}).* from unnest($1::text[]) r`,
        values: [page.map(({ row }) => row)],
      })
    }
  })
}

type Holder = { database: Database; rows: number }

/** The shards that have rows of the bucket, and their row counts. */
async function readHolders(
  sources: readonly Shard[],
  tables: readonly string[],
  bucket: number,
): Promise<Holder[]> {
  const holders: Holder[] = []
  for (const { database } of sources) {
    const rows = await countRows(database, tables, bucket)
    if (rows > 0) holders.push({ database, rows })
  }
  return holders
}

async function refuseDifference(options: {
  holders: readonly Holder[]
  writing: Transaction
  tables: readonly string[]
  bucket: number
}): Promise<number> {
  const { holders, writing, tables, bucket } = options
  const there = await countRows(writing, tables, bucket)
  for (const { rows } of holders) {
    if (rows === there) continue
    throw new Error(
      `Bucket ${bucket} has ${rows} rows and ${there} were copied. Nothing was changed; repeat the move.`,
    )
  }
  return there
}

async function countRows(
  database: Pick<Database, 'query'>,
  tables: readonly string[],
  bucket: number,
): Promise<number> {
  const counts = tables.map((table) => `(select count(*) from ${table} where bucket = $1)`)
  const [row] = await database.query<{ count: number }>({
    text: `select ${counts.join(' + ')} as count`,
    values: [bucket],
  })
  return row?.count ?? 0
}
