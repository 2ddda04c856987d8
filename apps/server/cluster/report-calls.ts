import type { Observation, ObservedAnswer } from '@tollgate/testing/faults'
import type { RunReport } from '../faults/run-report.ts'
import { percentile } from '../faults/say.ts'

/** Prints what clients saw of a run: how many calls there were, how many tries they took, and how long an answer took. */
export function reportCalls(
  report: RunReport,
  run: {
    answers: readonly ObservedAnswer[]
    observations: readonly Observation[]
    seconds: number
  },
): void {
  const { answers, observations, seconds } = run
  const failed = answers.filter(({ kind }) => kind !== 'success').length
  const retried = observations.filter(({ answer }) => answer.kind !== 'success').length
  report.figure(
    'calls',
    `${answers.length} in ${seconds.toFixed(0)} s (${(answers.length / seconds).toFixed(0)}/s), ${failed} failed, ${retried} tries repeated by the client`,
  )
  const waits = observations.map(({ startedAt, endedAt }) => endedAt - startedAt)
  report.figure(
    'answer, ms',
    `p50 ${percentile(waits, 0.5)}, p99 ${percentile(waits, 0.99)}, most ${percentile(waits, 1)}`,
  )
}
