import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { z } from 'zod'

/** One part of the whole test run: a script of the root package, and whether vitest runs it. */
type Part = { script: string; vitest: boolean; arguments?: readonly string[] }

// Cheap and telling first; what boots servers and browsers last.
const PARTS: readonly Part[] = [
  { script: 'format:check', vitest: false },
  { script: 'lint', vitest: false },
  { script: 'boundaries', vitest: false },
  { script: 'typecheck', vitest: false },
  { script: 'knip', vitest: false },
  { script: 'test:unit', vitest: true },
  // Always the same schedules, so that a change is judged by what it changed; `pnpm test:model` draws new ones.
  { script: 'test:model', vitest: false, arguments: ['--seed', '20261122'] },
  { script: 'test:contract', vitest: true },
  { script: 'test:e2e', vitest: true },
  { script: 'test:mobile', vitest: true },
  { script: 'test:crash', vitest: true },
]

const reportSchema = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numFailedTestSuites: z.number(),
})

const directory = mkdtempSync(path.join(tmpdir(), 'tollgate-tests-'))
const results: { script: string; seconds: number; passed: number; failed: number }[] = []
for (const part of PARTS) {
  const startedAt = performance.now()
  const report = path.join(directory, `${part.script.replace(':', '-')}.json`)
  const code = await run(part, report)
  const counts = part.vitest ? readCounts(report) : null
  results.push({
    script: part.script,
    seconds: Math.round((performance.now() - startedAt) / 1000),
    passed: counts?.passed ?? (code === 0 ? 1 : 0),
    // A run that ends badly without a failed test (nothing ran, an error between tests) has failed all the same.
    failed: Math.max(counts?.failed ?? 0, code === 0 ? 0 : 1),
  })
}
rmSync(directory, { recursive: true, force: true })

const passed = sum(({ passed: count }) => count)
const failed = sum(({ failed: count }) => count)
const rows = results.map(
  (result) =>
    `  ${result.script.padEnd(20)} ${String(result.seconds).padStart(5)} s  ${result.passed} passed, ${result.failed} failed`,
)
process.stdout.write(`\n${rows.join('\n')}\n\n${passed} passed, ${failed} failed\n`)
process.exitCode = failed > 0 || passed === 0 ? 1 : 0

function run(part: Part, report: string): Promise<number> {
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  const added = part.vitest ? reporters : (part.arguments ?? [])
  const child = spawn('pnpm', ['run', part.script, ...added], { stdio: 'inherit' })
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code) => resolve(code ?? 1))
  })
}

function readCounts(report: string): { passed: number; failed: number } {
  try {
    const counts = reportSchema.parse(JSON.parse(readFileSync(report, 'utf8')))
    const brokenFiles = counts.numFailedTests === 0 ? counts.numFailedTestSuites : 0
    return { passed: counts.numPassedTests, failed: counts.numFailedTests + brokenFiles }
  } catch {
    return { passed: 0, failed: 1 }
  }
}

function sum(read: (result: (typeof results)[number]) => number): number {
  return results.reduce((total, result) => total + read(result), 0)
}
