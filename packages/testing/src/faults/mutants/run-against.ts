import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { z } from 'zod'
import type { SeededMutant } from './seeded-mutant.ts'

const ROOT = fileURLToPath(new URL('../../../../../', import.meta.url))
const VITEST = path.join(ROOT, 'node_modules/vitest/vitest.mjs')
const CONFIG = path.join(ROOT, 'packages/testing/vitest.faults.config.ts')
const DEADLINE_MS = 300_000

/** The result of a mutant's test: the titles that failed, or why it did not run. */
export type MutantRun = { failed: string[]; error: string | null }

const reportSchema = z.object({
  testResults: z.array(
    z.object({
      assertionResults: z.array(z.object({ fullName: z.string(), status: z.string() })),
    }),
  ),
})

/** Runs the test of a mutant with the mistake applied. */
export async function runAgainst(mutant: SeededMutant): Promise<MutantRun> {
  const directory = await mkdtemp(path.join(tmpdir(), 'tollgate-mutant-'))
  const report = path.join(directory, 'report.json')
  const titles = mutant.title.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)
  const args = ['run', '--config', CONFIG, '--testNamePattern', titles]
  let output = ''
  try {
    const env = { ...process.env, MUTANT: mutant.name }
    const reporters = ['--reporter=json', `--outputFile=${report}`]
    await promisify(execFile)(process.execPath, [VITEST, ...args, ...reporters], {
      cwd: ROOT,
      env,
      timeout: DEADLINE_MS,
      maxBuffer: 64 * 1024 * 1024,
    })
  } catch (error) {
    // Vitest exits with 1 when a test fails, as it should here; its report says which one failed.
    output = error instanceof Error && 'stderr' in error ? String(error.stderr) : String(error)
  }
  try {
    const { testResults } = reportSchema.parse(JSON.parse(await readFile(report, 'utf8')))
    const results = testResults.flatMap(({ assertionResults }) => assertionResults)
    const failed = results.filter(({ status }) => status === 'failed')
    const ran = results.some(({ status }) => status === 'passed' || status === 'failed')
    const error = ran ? null : `No test in ${mutant.test} is called "${mutant.title}".`
    return { failed: failed.map(({ fullName }) => fullName), error }
  } catch {
    return { failed: [], error: output.slice(0, 2000) || 'The test made no report.' }
  } finally {
    await rm(directory, { recursive: true, force: true })
  }
}
