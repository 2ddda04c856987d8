import { createWriteStream } from 'node:fs'
import { readFile, rm } from 'node:fs/promises'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { finished } from 'node:stream/promises'
import { plainEnvironment, TEST_RUN_FOLDER } from '../config.ts'
import { type Group, spawnGroup } from '../spawn-group.ts'
import type { Failure, PartResult } from './part-result.ts'
import type { Part } from './parts.ts'
import { readReport } from './read-report.ts'

const PNPM = ['-y', 'pnpm@10.34.9']
const PROGRESS_MS = 30_000
const TAIL_LINES = 40

/** A running part. */
export type RunningPart = { result: Promise<PartResult>; interrupt(): Promise<void> }

/** Runs a part: its output goes to a log file; failures, and its progress every half minute, go to `print`. */
export function runPart(
  part: Part,
  options: { root: string; logs: string; temporary: string; print(line: string): void },
): RunningPart {
  const name = part.script.replace(':', '-')
  const log = path.join(options.logs, `${name}.log`)
  const report = path.join(options.logs, `${name}.json`)
  let isInterrupted = false
  let group: Group | undefined
  const run = async (): Promise<PartResult> => {
    await rm(report, { force: true })
    const began = performance.now()
    const seconds = () => Math.round((performance.now() - began) / 1000)
    group = spawnGroup('npx', [...PNPM, 'run', part.script, ...argumentsOf(part, report)], {
      cwd: options.root,
      env: {
        ...plainEnvironment(),
        TMPDIR: options.temporary,
        [TEST_RUN_FOLDER]: options.temporary,
      },
    })
    if (isInterrupted) await group.stop()
    const code = await follow(group, { log, seconds, print: options.print })
    // Stops what it left running.
    if (group.isAlive()) await group.stop()
    const outcome = isInterrupted ? 'interrupted' : code === 0 ? 'passed' : 'failed'
    return {
      script: part.script,
      outcome,
      seconds: seconds(),
      log: path.relative(options.root, log),
      ...(await count(part, { outcome, report, log, root: options.root })),
    }
  }
  return {
    result: run(),
    async interrupt() {
      isInterrupted = true
      await group?.stop()
    },
  }
}

function argumentsOf(part: Part, report: string): readonly string[] {
  const reporters = ['--reporter=verbose', '--reporter=json', `--outputFile.json=${report}`]
  return [...(part.arguments ?? []), ...(part.runner === 'vitest' ? reporters : [])]
}

async function follow(
  group: Group,
  options: { log: string; seconds(): number; print(line: string): void },
): Promise<number> {
  const log = createWriteStream(options.log)
  let passed = 0
  let failed = 0
  const progress = setInterval(() => {
    const counts = passed + failed === 0 ? '' : `: ${passed} passed, ${failed} failed so far`
    options.print(`${options.seconds()} s${counts}`)
  }, PROGRESS_MS)
  for (const stream of group.output) {
    createInterface({ input: stream }).on('line', (line) => {
      log.write(`${line}\n`)
      // The lines of Vitest's verbose reporter, one per test as it ends.
      if (/^ +✓ /.test(line)) passed += 1
      if (/^ +✓ .* \(retry x\d+\)/.test(line)) options.print(`passed on retry: ${line.trim()}`)
      if (!/^ +[×✗] /.test(line)) return
      failed += 1
      options.print(line.trim())
    })
  }
  const code = await group.ended
  clearInterval(progress)
  log.end()
  await finished(log)
  return code
}

async function count(
  part: Part,
  ended: { outcome: PartResult['outcome']; report: string; log: string; root: string },
): Promise<Pick<PartResult, 'passed' | 'failed' | 'failures' | 'rerun'>> {
  const command = ['npx', ...PNPM, part.script, ...(part.arguments ?? [])].join(' ')
  const isBad = ended.outcome !== 'passed'
  if (part.runner === 'command') {
    const failures = isBad ? [await lastOutput(part, ended.log)] : []
    return { passed: isBad ? 0 : 1, failed: isBad ? 1 : 0, failures, rerun: command }
  }
  const report = readReport(ended.report, ended.root)
  const failures = [...(await failedHooks(ended.log)), ...(report?.failures ?? [])]
  // A run that exits with an error but no failed test (nothing ran, an error between tests) counts as failed.
  if (failures.length === 0 && (isBad || report === null))
    failures.push(await lastOutput(part, ended.log))
  const files = [...new Set(failures.map(({ file }) => file))].filter((file) => file !== '')
  return {
    passed: report?.passed ?? 0,
    failed: failures.length,
    failures,
    rerun: [command, ...files].join(' '),
  }
}

/** The report omits failed hooks and lists their tests as not run; the log has them. */
async function failedHooks(log: string): Promise<Failure[]> {
  const lines = (await readFile(log, 'utf8')).split('\n')
  const from = lines.findIndex((line) => line.includes(' Failed Suites '))
  if (from < 0) return []
  const message = lines.slice(from + 1, from + 1 + TAIL_LINES).join('\n')
  return [{ file: '', title: 'a hook of a suite', message }]
}

async function lastOutput(part: Part, log: string): Promise<Failure> {
  const lines = (await readFile(log, 'utf8')).trimEnd().split('\n')
  return { file: '', title: part.script, message: lines.slice(-TAIL_LINES).join('\n') }
}
