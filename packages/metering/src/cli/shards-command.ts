import { type Database, openDatabase } from '@tollgate/database'
import { defineCommand } from 'citty'
import { applyShards } from '../shards/apply-shards.ts'
import { checkShards } from '../shards/check-shards.ts'
import { moveBucket } from '../shards/move-bucket.ts'
import { readRoutes, type Shard } from '../shards/shard.ts'

const ADDRESSES = {
  proxy: { type: 'string', required: true, description: 'The proxy database, as its owner.' },
  shards: {
    type: 'string',
    required: true,
    description: 'The shards in their order, as their owner, separated by commas.',
  },
} as const

const apply = defineCommand({
  meta: { name: 'apply', description: 'Migrate every shard, then the proxy in front of them.' },
  args: {
    ...ADDRESSES,
    buckets: { type: 'string', required: true, description: 'How many there are; never changed.' },
  },
  run: ({ args }) =>
    withShards(args, async ({ proxy, shards }) => {
      await applyShards({ proxy, shards, bucketCount: Number(args.buckets) })
      await print({ proxy, shards })
    }),
})

const move = defineCommand({
  meta: { name: 'move', description: 'Move a bucket to another shard while the servers work.' },
  args: {
    ...ADDRESSES,
    bucket: { type: 'positional', required: true, description: 'Its number.' },
    to: { type: 'string', required: true, description: 'The position of the shard, from 0.' },
  },
  run: ({ args }) =>
    withShards(args, async ({ proxy, shards }) => {
      const moved = { proxy, shards, bucket: Number(args.bucket), to: Number(args.to) }
      const { rows, refusedMs } = await moveBucket(moved)
      console.log(
        `Moved ${rows} rows; calls of the bucket's customers were refused for ${refusedMs} ms.`,
      )
      await print({ proxy, shards })
    }),
})

const verify = defineCommand({
  meta: { name: 'verify', description: 'Check every invariant per shard and over all of them.' },
  args: ADDRESSES,
  run: ({ args }) => withShards(args, print),
})

/** The operator's commands for metering in several databases. */
export const shardsCommand = defineCommand({
  meta: { name: 'shards', description: 'Metering in several databases behind PL/Proxy.' },
  subCommands: { apply, move, verify },
})

type Installation = { proxy: Database; shards: readonly Shard[] }

async function withShards(
  addresses: { proxy: string; shards: string },
  work: (installation: Installation) => Promise<void>,
): Promise<void> {
  const open = (url: string) =>
    openDatabase({ url, maxConnections: 2, applicationName: 'tollgate-admin' })
  const proxy = open(addresses.proxy)
  const shards = addresses.shards.split(',').map((url) => ({ url, database: open(url) }))
  try {
    await work({ proxy, shards })
  } finally {
    await Promise.all(
      [proxy, ...shards.map(({ database }) => database)].map((each) => each.close()),
    )
  }
}

/** Prints which buckets each shard has and what is broken; exit code 1 if anything is. */
async function print({ proxy, shards }: Installation): Promise<void> {
  const routes = await readRoutes(proxy)
  for (const position of shards.keys()) {
    const buckets = routes.filter(({ shard }) => shard === position).map(({ bucket }) => bucket)
    console.log(`shard ${position}  buckets ${buckets.join(', ') || 'none'}`)
  }
  const broken = await checkShards({ proxy, shards })
  for (const { shard, id, title, rows } of broken)
    console.log(
      `BROKEN  ${id} ${shard === null ? 'over all shards' : `on shard ${shard}`}: ${title} ${JSON.stringify(rows.slice(0, 3))}`,
    )
  if (broken.length > 0) process.exitCode = 1
  else console.log('Every invariant holds, on every shard and over all of them.')
}
