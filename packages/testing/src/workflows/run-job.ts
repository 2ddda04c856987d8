import { spawnSync } from 'node:child_process'
import type { Job } from './read-workflows.ts'

/**
 * Runs the commands of a job here, as GitHub does: the first failure ends the job, after its failure steps. Actions are only listed: this
 * machine already has what they set up.
 */
export function runJob(
  job: Job,
  options: { cwd: string; dryRun: boolean; print: (line: string) => void },
): { status: number } {
  const { cwd, dryRun, print } = options
  let status = 0
  for (const step of job.steps) {
    if (step.if !== undefined && step.if !== IF_FAILED) {
      throw new Error(`A condition that is not known here: ${step.if}`)
    }
    if ((step.if === IF_FAILED) !== (status !== 0)) continue
    if (step.run === undefined) {
      print(`# ${step.uses ?? ''}`)
      continue
    }
    print(`$ ${step.run.trim()}`)
    if (dryRun) continue
    const ended = spawnSync('bash', ['-eo', 'pipefail', '-c', step.run], {
      cwd,
      stdio: 'inherit',
      env: { ...process.env, ...job.env, ...step.env },
    })
    if (ended.status !== 0) status = ended.status ?? 1
  }
  return { status }
}

const IF_FAILED = 'failure()'
