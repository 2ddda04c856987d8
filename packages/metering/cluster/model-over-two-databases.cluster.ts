import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { testPostgresUrl } from '@tollgate/testing/database'
import { type DebianPostgres, startDebianPostgres } from '@tollgate/testing/debian'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createCoverage, REQUIRED_OF_SHARDS } from '../conformance/model/coverage.ts'
import { runModel } from '../conformance/model/run-model.ts'
import { createTrace } from '../conformance/model/trace.ts'

const SEED = 5
/** Takes about a minute; longer runs are manual. */
const SCHEDULES = 30
const COMMANDS = 60

let folder: string
let debian: DebianPostgres
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'tollgate-model-'))
  // Debian's server runs as another user, who needs access to its data directory.
  await chmod(folder, 0o711)
  debian = await startDebianPostgres(path.join(folder, 'proxy'))
})
afterAll(async () => {
  await debian?.stop()
  await rm(folder, { recursive: true, force: true })
})

describe('the model over two databases behind PL/Proxy', () => {
  it('keeps every invariant, on each shard and over both, while buckets move and moves are interrupted', async () => {
    const coverage = createCoverage()
    const { found } = await run({ seed: SEED, runs: SCHEDULES, coverage })
    expect(found).toBeNull()
    expect(coverage.missing(1, REQUIRED_OF_SHARDS)).toEqual([])
  })

  it('gives the same decisions, effects and answers for the same seed', async () => {
    const first = await run({ seed: 7, runs: 2 })
    expect(await run({ seed: 7, runs: 2 })).toEqual(first)
    expect(first.found).toBeNull()
  })
})

async function run(options: {
  seed: number
  runs: number
  coverage?: ReturnType<typeof createCoverage>
}) {
  const trace = createTrace()
  const found = await runModel({
    coverage: createCoverage(),
    ...options,
    server: testPostgresUrl(),
    proxyServer: debian.url('postgres'),
    commands: COMMANDS,
    trace,
  })
  return { found, hash: trace.digest() }
}
