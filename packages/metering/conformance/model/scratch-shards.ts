import { randomBytes } from 'node:crypto'
import type { Database, Row, Statement } from '@tollgate/database'
import { applyShards } from '../../src/shards/apply-shards.ts'
import { type BucketRoute, readRoutes } from '../../src/shards/shard.ts'
import type { Scratch, ScratchShards } from './scratch.ts'
import { followClock, openOne, openScratchPart, type ScratchPart } from './scratch-part.ts'
import { createServerDatabase } from './server-database.ts'

/** The customers of the model are in different buckets. */
const BUCKETS = 2

/** Creates both shards on one server, and the database that processes call on another, which has PL/Proxy. */
export async function openScratchShards(server: string, proxyServer: string): Promise<Scratch> {
  const name = `model_${randomBytes(4).toString('hex')}`
  const databases = [
    await createServerDatabase(server, `${name}_0`),
    await createServerDatabase(server, `${name}_1`),
    await createServerDatabase(proxyServer, name),
  ] as const
  const [first, second, front] = databases
  await spread(front.url, [first.url, second.url])
  const proxy = openOne(front.url, { synchronous_commit: 'off' })
  const parts = [
    await openScratchPart(first.url, {}),
    await openScratchPart(second.url, {}),
  ] as const
  for (const text of PROXY_SCHEMA) await proxy.query({ text })
  const followed = followClock(proxy)
  const each = async (act: (part: ScratchPart) => Promise<void>) => {
    for (const part of parts) await act(part)
  }
  const shards = asShards(proxy, parts, [first.url, second.url])
  await shards.align()
  return {
    database: followed.database,
    bucketCount: BUCKETS,
    everything: unionOf(parts),
    shards,
    async begin(clock) {
      await each((part) => part.begin(clock))
      await followed.begin(clock)
    },
    async backUp() {
      await each((part) => part.backUp())
      await proxy.query({ text: KEEP_ROUTES })
    },
    async restore() {
      await each((part) => part.restore())
      await proxy.query({ text: RESTORE_ROUTES })
      await shards.align()
    },
    async reset(coverage) {
      await each((part) => part.reset(coverage))
      for (const [bucket, { bare }] of parts.entries())
        await bare.query({ text: OWN_ONE, values: [bucket] })
      await proxy.query({ text: 'update metering.bucket set shard = bucket' })
      await shards.align()
    },
    async close() {
      await proxy.close()
      await each((part) => part.close())
      for (const { drop } of databases.toReversed()) await drop()
    },
  }
}

/** As an operator does: bucket 0 is on shard 0, and 1 on shard 1. */
async function spread(proxyUrl: string, urls: readonly string[]): Promise<void> {
  const proxy = openOne(proxyUrl)
  const shards = urls.map((url) => ({ url, database: openOne(url) }))
  await applyShards({ proxy, shards, bucketCount: BUCKETS })
  await proxy.close()
  for (const { url, database } of shards) {
    // Set on the database as in the unsharded model, because sessions of the proxy bring no settings.
    const name = new URL(url).pathname.slice(1)
    await database.query({ text: `alter database "${name}" set synchronous_commit = off` })
    await database.close()
  }
}

function asShards(
  proxy: Database,
  parts: readonly [ScratchPart, ScratchPart],
  urls: readonly [string, string],
): ScratchShards {
  let routes: BucketRoute[] = []
  return {
    proxy,
    shards: [
      { url: urls[0], database: parts[0].bare },
      { url: urls[1], database: parts[1].bare },
    ],
    async misroute(statement) {
      const bucket = statement.values?.[0]
      const route = routes.find((found) => found.bucket === bucket)
      if (!statement.name?.startsWith('metering.') || !route || route.shard === null) return null
      const wrong = parts[route.shard === 0 ? 1 : 0]
      const refusal = await wrong.database.query(statement).then(
        () => null,
        (error: unknown) => error,
      )
      return refusal instanceof Error && Reflect.get(refusal, 'constraint') === 'bucket_owned'
    },
    async align() {
      routes = await readRoutes(proxy)
      const text = 'select last_value as tick from metering.model_ticks'
      const rows = (
        await Promise.all(parts.map(({ bare }) => bare.query<{ tick: number }>({ text })))
      ).flat()
      const latest = Math.max(...rows.map(({ tick }) => tick))
      for (const { bare } of parts)
        await bare.query({ text: `select setval('metering.model_ticks', $1)`, values: [latest] })
    },
  }
}

/** Reads both shards as one database: each customer is on one of them. */
function unionOf([first, second]: readonly [ScratchPart, ScratchPart]): Database {
  return {
    ...first.database,
    async query<R extends Row>(statement: Statement) {
      const rows = await first.database.query<R>(statement)
      return [...rows, ...(await second.database.query<R>(statement))]
    },
  }
}

/** Functions that the model runs on both shards through PL/Proxy's sessions, and the table of buckets for backups. */
const PROXY_SCHEMA = [
  ...['model_clock(p_now text)', 'model_begin(p_zone text)'].map(
    (signature) =>
      `create function metering.${signature} returns setof text language plproxy as $$ cluster 'metering'; run on all; $$`,
  ),
  'create schema model',
  'create table model.bucket (like metering.bucket)',
]
const KEEP_ROUTES =
  'with gone as (delete from model.bucket) insert into model.bucket select * from metering.bucket'
const RESTORE_ROUTES =
  'update metering.bucket b set shard = k.shard from model.bucket k where k.bucket = b.bucket'
/** Owns one bucket and no other. */
const OWN_ONE = `with gone as (delete from metering.bucket where bucket <> $1)
  insert into metering.bucket (bucket) values ($1) on conflict do nothing`
