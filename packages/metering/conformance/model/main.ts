import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { startEmbeddedPostgres } from '@tollgate/embedded-postgres'
import { createCoverage, REQUIRED } from './coverage.ts'
import { runShards } from './run-shards.ts'

/** How often everything that is required must have been reached. */
const REACHED_MIN = 10

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '1000' },
    shards: { type: 'string', default: '2' },
    commands: { type: 'string', default: '60' },
    seed: { type: 'string', default: String(Date.now() % 2 ** 31) },
    server: { type: 'string' },
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
  print(
    `model: ${runs} schedules, seed ${seed}; repeat with: pnpm test:model --seed ${seed} --runs ${runs}`,
  )
  const server = values.server ? null : await startServer()
  const coverage = createCoverage()
  const began = Date.now()
  try {
    const outcome = await runShards({
      server: server?.url ?? values.server ?? '',
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
        `model: repeat with: pnpm test:model --seed ${failed.seed} --runs ${failed.runs} --shards 1`,
      )
      if (!values.shrink) print('model: add --shrink to see the shortest schedule that does it')
      return 1
    }
    print(`model: hash ${outcome.hash}`)
    const missing = coverage.missing(REACHED_MIN)
    const gated = !values['no-gate'] && missing.length > 0
    if (values.verbose || gated) {
      for (const what of REQUIRED)
        print(`  ${String(coverage.counts.get(what) ?? 0).padStart(7)}  ${what}`)
    }
    print(
      `model: 0 violations in ${runs} schedules, ${seconds} s; ${REQUIRED.length - missing.length} of ${REQUIRED.length} required points reached ≥ ${REACHED_MIN}×`,
    )
    if (!gated) return 0
    for (const what of missing) print(`model: reached too rarely: ${what}`)
    return 2
  } finally {
    await server?.stop()
  }
}

async function startServer() {
  const directory = await mkdtemp(path.join(tmpdir(), 'tollgate-model-'))
  const postgres = await startEmbeddedPostgres({ directory: path.join(directory, 'postgres') })
  return {
    url: postgres.url('postgres'),
    async stop() {
      await postgres.stop()
      await rm(directory, { recursive: true, force: true })
    },
  }
}

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}
