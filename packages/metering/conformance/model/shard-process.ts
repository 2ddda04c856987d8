import { runShard, type Shard } from './run-shard.ts'

// A separate process, because a schedule replaces `Math.random`, which concurrent schedules cannot share.
process.once('disconnect', () => process.exit(1))
process.once('message', (shard: Shard) => void answer(shard))

async function answer(shard: Shard): Promise<void> {
  const result = await runShard(shard)
  process.send?.(result, () => process.exit())
}
