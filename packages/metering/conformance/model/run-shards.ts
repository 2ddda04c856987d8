import { fork } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { Coverage } from './coverage.ts'
import type { Shard, ShardResult } from './run-shard.ts'

/** Far apart, so that runs of neighbouring seeds share no schedule. */
const SEED_STEP = 0x37_79_b9
const SEEDS = 2 ** 31

const PROGRAM = fileURLToPath(new URL('shard-process.ts', import.meta.url))

/**
 * Divides a run among processes, because each waits for its database half of the time; returns the hash of all, or the first
 * violation. The first share has the run's own seed, so that a run of one share repeats it.
 */
export async function runShards(
  options: Shard & { shards: number; coverage: Coverage },
): Promise<{ hash: string } | { failed: ShardResult }> {
  const { shards, coverage, ...shared } = options
  const others = new AbortController()
  let failed: ShardResult | undefined
  const run = async (shard: Shard): Promise<ShardResult | null> => {
    const result = await runInProcess(shard, others.signal)
    if (!result || result.violation === null) return result
    failed ??= result
    others.abort()
    return result
  }
  const results = await Promise.all(divide(shared, shards).map(run))
  if (failed) return { failed }
  const hash = createHash('sha256')
  for (const result of results) {
    for (const [what, times] of result?.reached ?? []) coverage.reach(what, times)
    hash.update(result?.hash ?? '')
  }
  return { hash: hash.digest('hex') }
}

function divide(run: Shard, shards: number): Shard[] {
  return Array.from({ length: shards }, (_, index) => ({
    ...run,
    seed: (run.seed + index * SEED_STEP) % SEEDS,
    runs: Math.floor((run.runs + shards - 1 - index) / shards),
    ...(run.trace === undefined ? {} : { trace: `${run.trace}.${index}` }),
  }))
}

/** Returns null when the process was stopped early. */
async function runInProcess(shard: Shard, signal: AbortSignal): Promise<ShardResult | null> {
  const child = fork(PROGRAM)
  const stop = () => void child.kill('SIGKILL')
  signal.addEventListener('abort', stop)
  let result: ShardResult | null = null
  child.on('message', (message: ShardResult) => (result = message))
  child.send(shard)
  const [code] = await once(child, 'exit')
  signal.removeEventListener('abort', stop)
  if (!result && !signal.aborted)
    throw new Error(`The process of seed ${shard.seed} ended with ${code} and no result.`)
  return result
}
