import { createWriteStream } from 'node:fs'
import { finished } from 'node:stream/promises'
import { createCoverage } from './coverage.ts'
import { runModel } from './run-model.ts'
import { createTrace } from './trace.ts'

/** The input of a process of a run. */
export type Shard = {
  /** Where the databases of the run are. */
  server: string
  /** Where the database in front of two is, when there are two. */
  proxyServer?: string
  seed: number
  runs: number
  commands: number
  shrink: boolean
  /** A file that every decision, effect and answer is written to. */
  trace?: string
}

/** The result it returns. */
export type ShardResult = {
  seed: number
  runs: number
  /** The broken rule with its details, or null. */
  violation: string | null
  hash: string
  reached: readonly (readonly [what: string, times: number])[]
}

/** Runs a share of the schedules in this process. */
export async function runShard({ trace: file, ...shard }: Shard): Promise<ShardResult> {
  const coverage = createCoverage()
  const lines = file === undefined ? null : createWriteStream(file)
  const trace = createTrace((line) => void lines?.write(line))
  try {
    const violation = await runModel({ ...shard, coverage, trace })
    const { seed, runs } = shard
    return { seed, runs, violation, hash: trace.digest(), reached: [...coverage.counts] }
  } finally {
    if (lines) await finished(lines.end())
  }
}
