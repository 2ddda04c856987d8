import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { startEmbeddedPostgres } from '@tollgate/embedded-postgres'
import { startDebianPostgres } from '@tollgate/testing/debian'
import { startTogether } from '@tollgate/testing/start-together'
import { createCoverage, REQUIRED, REQUIRED_OF_SHARDS } from './coverage.ts'
import { runShards } from './run-shards.ts'

/** How often each required entry must be reached. */
const REACHED_MIN = 10

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '1000' },
    shards: { type: 'string', default: '2' },
    commands: { type: 'string', default: '60' },
    seed: { type: 'string', default: String(Date.now() % 2 ** 31) },
    server: { type: 'string' },
    'two-databases': { type: 'boolean', default: false },
    'no-gate': { type: 'boolean', default: false },
    trace: { type: 'string' },
    shrink: { type: 'boolean', default: false },
    verbose: { type: 'boolean', default: false },
  },
})

process.exitCode = await main()

async function main(): Promise<number> {
  const runs = Number(values.runs)
  const seed = Number(values.seed)
  const shards = Number(values.shards)
  const topology = values['two-databases'] ? ' --two-databases' : ''
  const required = values['two-databases'] ? [...REQUIRED, ...REQUIRED_OF_SHARDS] : REQUIRED
  print(
    `model: ${runs} schedules, seed ${seed}; repeat with: pnpm test:model --seed ${seed} --runs ${runs}${topology}`,
  )
  const servers = await startServers()
  const coverage = createCoverage()
  const began = Date.now()
  try {
    const outcome = await runShards({
      ...servers.urls,
      runs,
      seed,
      shards,
      commands: Number(values.commands),
      coverage,
      shrink: values.shrink,
      ...(values.trace === undefined ? {} : { trace: values.trace }),
    })
    const seconds = ((Date.now() - began) / 1000).toFixed(1)
    if ('failed' in outcome) {
      const { failed } = outcome
      print(`model: VIOLATION after ${seconds} s\n${failed.violation}`)
      print(
        `model: repeat with: pnpm test:model --seed ${failed.seed} --runs ${failed.runs} --shards 1${topology}`,
      )
      if (!values.shrink) print('model: add --shrink to see the shortest schedule that does it')
      return 1
    }
    print(`model: hash ${outcome.hash}`)
    const missing = coverage.missing(REACHED_MIN, required)
    const gated = !values['no-gate'] && missing.length > 0
    if (values.verbose || gated) {
      for (const what of required)
        print(`  ${String(coverage.counts.get(what) ?? 0).padStart(7)}  ${what}`)
    }
    print(
      `model: 0 violations in ${runs} schedules, ${seconds} s; ${required.length - missing.length} of ${required.length} required points reached ≥ ${REACHED_MIN}×`,
    )
    if (!gated) return 0
    for (const what of missing) print(`model: reached too rarely: ${what}`)
    return 2
  } finally {
    await servers.stop()
  }
}

/** Starts the servers whose addresses were not given: one that stores everything, and one with PL/Proxy for sharded runs. */
function startServers() {
  return startTogether(async (defer) => {
    const folder = await mkdtemp(path.join(tmpdir(), 'tollgate-model-'))
    defer(() => rm(folder, { recursive: true, force: true }))
    const urls: { server: string; proxyServer?: string } = { server: values.server ?? '' }
    if (!values.server) {
      const postgres = await startEmbeddedPostgres({ directory: path.join(folder, 'postgres') })
      defer(() => postgres.stop())
      urls.server = postgres.url('postgres')
    }
    if (values['two-databases']) {
      // Debian's server runs as another user, who needs access to its data directory.
      await chmod(folder, 0o711)
      const debian = await startDebianPostgres(path.join(folder, 'proxy'))
      defer(debian.stop)
      urls.proxyServer = debian.url('postgres')
    }
    return { urls }
  })
}

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}
