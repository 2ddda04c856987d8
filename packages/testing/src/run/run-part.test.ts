import { chmod, mkdir, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { processesWith } from '../processes-with.ts'
import { runPart } from './run-part.ts'

/** Starting a shell takes a while on a busy machine. */
const PATIENCE = { timeout: 20_000 }

let root: string
let logs: string
beforeAll(async () => {
  root = await realpath(await mkdtemp(path.join(tmpdir(), 'tollgate-run-')))
  logs = path.join(root, 'logs')
  await mkdir(logs)
  // `npx -y pnpm@… run passes` runs the file `passes` of the root.
  await script('npx', 'shift 3; name="$1"; shift; exec "./$name" "$@"')
  vi.stubEnv('PATH', `${root}${path.delimiter}${process.env['PATH']}`)
})
afterAll(async () => {
  vi.unstubAllEnvs()
  await rm(root, { recursive: true, force: true })
})

async function script(name: string, body: string): Promise<void> {
  await writeFile(path.join(root, name), `#!/bin/sh\n${body}\n`)
  await chmod(path.join(root, name), 0o755)
}

function start(name: string, runner: 'vitest' | 'command' = 'command') {
  const printed: string[] = []
  const options = { root, logs, temporary: root, print: (line: string) => printed.push(line) }
  return { printed, part: runPart({ script: name, runner, seconds: 1 }, options) }
}

describe('runPart', () => {
  it('keeps the whole output of a command that passes in its log file', async () => {
    await script('passes', 'echo to stdout; echo to stderr >&2')
    const { part, printed } = start('passes')
    expect(await part.result).toMatchObject({
      outcome: 'passed',
      passed: 1,
      failed: 0,
      log: 'logs/passes.log',
    })
    const log = await readFile(path.join(logs, 'passes.log'), 'utf8')
    expect(log.split('\n').toSorted()).toEqual(['', 'to stderr', 'to stdout'])
    expect(printed).toEqual([])
  })

  it('answers with the last output of a command that fails, and with what runs it again', async () => {
    await script('fails', 'echo 3 problems; exit 2')
    expect(await start('fails').part.result).toMatchObject({
      outcome: 'failed',
      passed: 0,
      failed: 1,
      rerun: 'npx -y pnpm@10.34.9 fails',
      failures: [{ message: '3 problems' }],
    })
  })

  it('shows a failed hook, which the report leaves out', async () => {
    const report = { numPassedTests: 1, testResults: [] }
    await writeFile(path.join(root, 'report.json'), JSON.stringify(report))
    await script(
      'hooks',
      `echo '⎯ Failed Suites 1 ⎯'; echo 'Error: no database'
for argument; do case $argument in --outputFile.json=*) cp report.json "\${argument#*=}";; esac; done
exit 1`,
    )
    expect(await start('hooks', 'vitest').part.result).toMatchObject({
      passed: 1,
      failed: 1,
      failures: [{ title: 'a hook of a suite', message: 'Error: no database\n' }],
    })
  })

  it('counts the tests of a report, prints those that fail as they end, and reruns their files only', async () => {
    const report = {
      numPassedTests: 2,
      testResults: [
        {
          name: path.join(root, 'packages/a.test.ts'),
          status: 'failed',
          assertionResults: [
            { fullName: ' a adds', status: 'passed', failureMessages: [] },
            { fullName: ' a divides', status: 'failed', failureMessages: ['by zero'] },
          ],
        },
        {
          name: path.join(root, 'packages/b.test.ts'),
          status: 'failed',
          message: 'cannot load',
          assertionResults: [],
        },
      ],
    }
    await writeFile(path.join(root, 'report.json'), JSON.stringify(report))
    await script(
      'tests',
      `echo ' ✓ a adds'; echo ' × a divides'
for argument; do case $argument in --outputFile.json=*) cp report.json "\${argument#*=}";; esac; done
exit 1`,
    )
    const { part, printed } = start('tests', 'vitest')
    expect(await part.result).toMatchObject({
      outcome: 'failed',
      passed: 2,
      failed: 2,
      rerun: 'npx -y pnpm@10.34.9 tests packages/a.test.ts packages/b.test.ts',
      failures: [
        { file: 'packages/a.test.ts', title: 'a divides', message: 'by zero' },
        { file: 'packages/b.test.ts', message: 'cannot load' },
      ],
    })
    expect(printed.map((line) => line.trim())).toEqual(['× a divides'])
  })

  it('prints which tests passed only on retry', async () => {
    await script('again', `echo ' ✓ a adds 3ms'; echo ' ✓ a divides 5ms (retry x1)'`)
    const { part, printed } = start('again', 'vitest')
    await part.result
    expect(printed).toEqual(['passed on retry: ✓ a divides 5ms (retry x1)'])
  })

  it('fails when tests end badly without a report', async () => {
    await script('crashes', 'echo out of memory; exit 134')
    expect(await start('crashes', 'vitest').part.result).toMatchObject({
      outcome: 'failed',
      passed: 0,
      failed: 1,
      failures: [{ message: 'out of memory' }],
    })
  })

  it('stops a command and everything it started when it is interrupted', async () => {
    await script('waits', `sleep 600 & echo $! >started; wait`)
    const { part } = start('waits')
    await expect.poll(() => readFile(path.join(root, 'started'), 'utf8'), PATIENCE).toMatch(/\d+/)
    await part.interrupt()
    expect(await part.result).toMatchObject({ outcome: 'interrupted', passed: 0, failed: 1 })
    await expect.poll(() => processesWith(root), PATIENCE).toEqual([])
  })
})
