import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Job, Step } from './read-workflows.ts'
import { runJob } from './run-job.ts'

let cwd: string
beforeEach(async () => {
  cwd = await mkdtemp(path.join(tmpdir(), 'tollgate-job-'))
})
afterEach(() => rm(cwd, { recursive: true }))

it('runs the commands in order, with the variables of the job and of the step', async () => {
  const job = jobOf(
    { run: 'echo $ONE $TWO >> said' },
    { run: 'echo $TWO >> said', env: { TWO: '3' } },
  )
  expect(run(job)).toEqual({
    status: 0,
    printed: ['$ echo $ONE $TWO >> said', '$ echo $TWO >> said'],
  })
  expect(await readFile(path.join(cwd, 'said'), 'utf8')).toBe('1 2\n3\n')
})

it('ends with the first command that fails, also within a pipe, after the steps for that case', async () => {
  const job = jobOf(
    { run: 'exit 7 | cat' },
    { run: 'echo never >> said' },
    { run: 'echo failed >> said', if: 'failure()' },
  )
  expect(run(job).status).toBe(7)
  expect(await readFile(path.join(cwd, 'said'), 'utf8')).toBe('failed\n')
})

it('names actions, and leaves out what is for failed jobs', () => {
  const job = jobOf({ uses: 'actions/checkout@v5' }, { run: 'exit 1', if: 'failure()' })
  expect(run(job)).toEqual({ status: 0, printed: ['# actions/checkout@v5'] })
})

function jobOf(...steps: Partial<Step>[]): Job {
  return {
    env: { ONE: '1', TWO: '2' },
    steps: steps.map((step) => ({ with: {}, env: {}, ...step })),
  }
}

function run(job: Job) {
  const printed: string[] = []
  const { status } = runJob(job, { cwd, dryRun: false, print: (line) => printed.push(line) })
  return { status, printed }
}
