import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { parseArgs, promisify } from 'node:util'
import { startEmbeddedPostgres } from '@tollgate/embedded-postgres'
import { takePart } from '@tollgate/testing/take-part'
import type { Mutant } from './mutant.ts'
import { MUTANTS } from './mutants.ts'

/** Most mistakes show within a dozen schedules; the rarest known one needs about two hundred. */
const RUNS = 300
const DEADLINE_MS = 900_000
/** Two at a time: each keeps one process and part of the server busy. */
const AT_ONCE = 2
/** Beside `node_modules`, so that a copy resolves the same packages. */
const COPIES = path.join(import.meta.dirname, '../../.mutants')
const PACKAGE = path.join(import.meta.dirname, '../..')

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '20261122' },
    only: { type: 'string', default: '' },
    part: { type: 'string', default: '1/1' },
  },
})

process.exitCode = await main()

async function main(): Promise<number> {
  const { only, part } = values
  const chosen = takePart(
    MUTANTS.filter(({ name }) => name.includes(only)),
    part,
  )
  print(`mutants: ${chosen.length} seeded mistakes, seed ${values.seed}`)
  const directory = await mkdtemp(path.join(tmpdir(), 'tollgate-mutants-'))
  const postgres = await startEmbeddedPostgres({ directory: path.join(directory, 'postgres') })
  let survived = 0
  try {
    const queue = chosen.values()
    await Promise.all(
      Array.from({ length: AT_ONCE }, async () => {
        for (const mutant of queue)
          if (!(await isCaught(mutant, postgres.url('postgres')))) survived += 1
      }),
    )
  } finally {
    await postgres.stop()
    await rm(directory, { recursive: true, force: true })
    await rm(COPIES, { recursive: true, force: true })
  }
  print(`mutants: ${chosen.length - survived} of ${chosen.length} caught by a named invariant`)
  return survived === 0 ? 0 : 1
}

async function isCaught(mutant: Mutant, server: string): Promise<boolean> {
  const copy = await seed(mutant)
  const began = Date.now()
  const output = await runModel(copy, server, mutant)
  await rm(copy, { recursive: true, force: true })
  const seconds = ((Date.now() - began) / 1000).toFixed(1)
  const invariant = /ModelViolation: ([IS]\d+\w?|guard \w+):/.exec(output)?.[1]
  const schedules = /failed after (\d+) tests/.exec(output)?.[1]
  const caught = invariant !== undefined && mutant.caughtBy.includes(invariant)
  print(
    `  ${caught ? 'caught  ' : 'SURVIVED'} ${mutant.name}: ${invariant ?? 'no violation'}` +
      ` (expected ${mutant.caughtBy.join(' or ')}), schedule ${schedules ?? '–'}, ${seconds} s`,
  )
  if (!caught) print(output.split('\n').slice(0, 8).join('\n').slice(0, 2000))
  return caught
}

/** Copies the package and applies the mistake to the copy; the original is never touched. */
async function seed({ name, edits }: Mutant): Promise<string> {
  const copy = path.join(COPIES, name.replaceAll(/\W+/g, '-'))
  await mkdir(copy, { recursive: true })
  for (const part of ['src', 'conformance', 'schema', 'routines', 'package.json']) {
    await cp(path.join(PACKAGE, part), path.join(copy, part), { recursive: true })
  }
  for (const { file, find, replace } of edits) {
    const target = path.join(copy, file)
    const text = await readFile(target, 'utf8')
    if (text.split(find).length !== 2) {
      throw new Error(
        `Mutant "${name}" does not fit ${target} any more: its text must be there exactly once.`,
      )
    }
    await writeFile(
      target,
      text.replace(find, () => replace),
    )
  }
  return copy
}

async function runModel(copy: string, server: string, { isOfShards }: Mutant): Promise<string> {
  const args = ['--import', 'tsx', path.join(copy, 'conformance/model/main.ts'), '--no-gate']
  const options = ['--runs', String(RUNS), '--seed', values.seed, '--server', server]
  if (isOfShards) options.push('--two-databases')
  try {
    const { stdout } = await promisify(execFile)(process.execPath, [...args, ...options], {
      timeout: DEADLINE_MS,
      maxBuffer: 64 * 1024 * 1024,
    })
    return stdout
  } catch (error) {
    // The model exits with an error after a violation, which its output names.
    if (!(error instanceof Error)) throw error
    const printed = 'stdout' in error ? String(error.stdout) : ''
    return printed.includes('VIOLATION')
      ? printed
      : `${printed}\n${'stderr' in error ? String(error.stderr) : error.message}`
  }
}

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}
