import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { checkBrowser } from './browser/check-browser.ts'
import { makeTemporaryFolder } from './run/make-temporary-folder.ts'
import type { PartResult } from './run/part-result.ts'
import { CI_PARTS, lanesOf, NOT_RUN, type Part, PARTS } from './run/parts.ts'
import { renderPlan, renderResult, renderSummary } from './run/render-run.ts'
import { runPart, type RunningPart } from './run/run-part.ts'

// `npm test`, or `pnpm test:all [part…]`: every part of the test run, or the named ones.
const ROOT = fileURLToPath(new URL('../../../', import.meta.url))
const LOGS = path.join(ROOT, 'test-results')
const SIGNALS = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const

const running = new Set<RunningPart>()
let interruptedBy: keyof typeof SIGNALS | undefined
for (const signal of ['SIGHUP', 'SIGINT', 'SIGTERM'] as const)
  process.on(signal, () => interrupt(signal))
// npm exits without forwarding every signal.
const parent = process.ppid
setInterval(() => process.ppid === parent || interrupt('SIGTERM'), 500).unref()

process.exitCode = await main(process.argv.slice(2))

async function main(names: readonly string[]): Promise<number> {
  const known = [...PARTS, ...CI_PARTS]
  const parts = names.length === 0 ? PARTS : known.filter(({ script }) => names.includes(script))
  const unknown = names.filter((name) => !known.some(({ script }) => script === name))
  if (unknown.length > 0) throw new Error(`There is no part called ${unknown.join(', ')}.`)
  print(`Node ${process.version}`)
  try {
    if (parts.some(({ browser }) => browser)) print(await checkBrowser())
  } catch (error) {
    print(`${error instanceof Error ? error.message : String(error)}\n\n0 passed, 1 failed`)
    return 1
  }
  mkdirSync(LOGS, { recursive: true })
  print(renderPlan(parts, path.relative(ROOT, LOGS)))
  const results = await runAll(parts)
  const skipped = PARTS.filter(({ script }) => !results.some((result) => result.script === script))
  process.stdout.write(
    renderSummary(
      results,
      skipped.map(({ script }) => ({ script, what: 'left out of this run' })),
      NOT_RUN.filter(({ script }) => !parts.some((part) => part.script === script)),
    ),
  )
  if (interruptedBy) return SIGNALS[interruptedBy]
  return results.every(({ outcome, failed }) => outcome === 'passed' && failed === 0) ? 0 : 1
}

async function runAll(parts: readonly Part[]): Promise<PartResult[]> {
  const results: PartResult[] = []
  const temporary = await makeTemporaryFolder()
  print(`Temporary files ${temporary.inMemory ? 'in memory' : 'on disk'}: ${temporary.path}\n`)
  try {
    await Promise.all(
      lanesOf(parts).map(async (lane) => {
        for (const part of lane) {
          if (interruptedBy) break
          results.push(await runOne(part, temporary.path))
        }
      }),
    )
  } finally {
    await temporary.remove()
  }
  return results
}

async function runOne(part: Part, temporary: string): Promise<PartResult> {
  const printOfPart = (text: string) => print(`${part.script.padEnd(14)} ${text}`)
  printOfPart('started')
  const started = runPart(part, { root: ROOT, logs: LOGS, temporary, print: printOfPart })
  running.add(started)
  const result = await started.result
  running.delete(started)
  printOfPart(renderResult(result))
  return result
}

function interrupt(signal: keyof typeof SIGNALS): void {
  if (interruptedBy) return
  interruptedBy = signal
  print(`${signal}: stopping what is running`)
  for (const part of running) void part.interrupt()
}

function print(text: string): void {
  process.stdout.write(`${text}\n`)
}
