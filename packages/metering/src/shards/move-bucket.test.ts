import { randomUUID } from 'node:crypto'
import type { Database } from '@tollgate/database'
import { createTestDatabase, type TestDatabase } from '@tollgate/testing/database'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { METERING_MIGRATIONS } from '../migrations.ts'
import { checkShards } from './check-shards.ts'
import { moveBucket } from './move-bucket.ts'
import type { Shard } from './shard.ts'

const BUCKET = 0

let created: TestDatabase[]
let proxy: Database
let shards: readonly [Shard, Shard]
beforeAll(async () => {
  const create = () => createTestDatabase({ template: 'metering', migrations: METERING_MIGRATIONS })
  const [first, second, front] = await Promise.all([create(), create(), create()])
  created = [first, second, front]
  proxy = front.database
  shards = [first, second]
  // A move uses nothing of the proxy but its routes.
  await proxy.query({ text: 'alter table metering.bucket add column shard integer' })
  await proxy.query({ text: 'update metering.bucket set shard = 0' })
  await second.database.query({ text: 'delete from metering.bucket' })
  await addCustomer(first.database)
})
afterAll(() => Promise.all(created.map(({ drop }) => drop())))

it('is refused while another move is under way', async () => {
  const first = startPausedMove()
  await first.reached
  await expect(moveBucket({ proxy, shards, bucket: BUCKET, to: 0 })).rejects.toThrow(
    'Another process is moving a bucket',
  )
  first.goOn()
  await first.move
  expect(await customersPerShard()).toEqual([0, 1])
  await moveBucket({ proxy, shards, bucket: BUCKET, to: 0 })
  expect(await customersPerShard()).toEqual([1, 0])
})

it('changes nothing more when it was cut off from the proxy and the bucket has been moved back', async () => {
  const first = startPausedMove()
  await first.reached
  await endLocks()
  await moveBucket({ proxy, shards, bucket: BUCKET, to: 0 })
  await addCustomer(shards[0].database)
  first.goOn()
  await expect(first.move).rejects.toThrow('moved by another process')
  expect(await customersPerShard()).toEqual([2, 0])
  expect(await checkShards({ proxy, shards })).toEqual([])
})

it('copies nothing when it was cut off before, either', async () => {
  const first = startPausedMove({ pauseBefore: true })
  await first.reached
  await endLocks()
  await moveBucket({ proxy, shards, bucket: BUCKET, to: 0 })
  first.goOn()
  await expect(first.move).rejects.toThrow('connection that keeps other moves away was lost')
  expect(await customersPerShard()).toEqual([2, 0])
  expect(await checkShards({ proxy, shards })).toEqual([])
})

it('leaves the bucket in service when a transaction that is open on the proxy does not end', async () => {
  const routes = () => proxy.query({ text: 'select bucket, shard from metering.bucket' })
  const before = await routes()
  await proxy.transaction(async (dump) => {
    await dump.query({ text: 'select 1 from metering.bucket' })
    const move = moveBucket({ proxy, shards, bucket: BUCKET, to: 1, withinMs: 50 })
    await expect(move).rejects.toThrow('has been open for more than 50 ms')
  })
  expect(await routes()).toEqual(before)
})

/** A move to the second shard that pauses after its rows are copied, or before. */
function startPausedMove({ pauseBefore = false } = {}) {
  const [from, to] = shards
  let goOn = () => {}
  const gate = new Promise<void>((resolve) => (goOn = resolve))
  let reach = () => {}
  const reached = new Promise<void>((resolve) => (reach = resolve))
  const pause = async () => {
    reach()
    await gate
  }
  const paused: Shard = {
    url: to.url,
    database: {
      ...to.database,
      async transaction(work) {
        if (pauseBefore) await pause()
        const result = await to.database.transaction(work)
        if (!pauseBefore) await pause()
        return result
      },
    },
  }
  const move = moveBucket({ proxy, shards: [from, paused], bucket: BUCKET, to: 1 })
  move.catch(() => {})
  return { move, reached, goOn }
}

/** As if the network between the command and the proxy failed for longer than the server waits. */
async function endLocks(): Promise<void> {
  const held = `from pg_locks l join pg_database d on d.oid = l.database
    where l.locktype = 'advisory' and d.datname = current_database()`
  await proxy.query({ text: `select pg_terminate_backend(l.pid) ${held}` })
  await expect.poll(() => proxy.query({ text: `select 1 ${held}` })).toEqual([])
}

async function addCustomer(database: Database): Promise<void> {
  await database.query({
    text: `insert into metering.customer (bucket, customer_id, name, email) values ($1, $2, 'Ada', 'ada@example.com')`,
    values: [BUCKET, `cus_${randomUUID()}`],
  })
}

function customersPerShard(): Promise<number[]> {
  return Promise.all(
    shards.map(async ({ database }) => {
      const [row] = await database.query<{ count: number }>({
        text: 'select count(*) as count from metering.customer',
      })
      return row?.count ?? 0
    }),
  )
}
