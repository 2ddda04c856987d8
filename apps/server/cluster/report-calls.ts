import type { Observation, ObservedAnswer } from '@tollgate/testing/faults'
import type { RunReport } from '../faults/run-report.ts'
import { percentile } from '../faults/say.ts'

/** What clients saw of a run: its calls, those that failed, the tries that they repeated, and how long an answer took. */
export type CallFigures = {
  calls: number
  failed: number
  retried: number
  perSecond: number
  p50Ms: number
  p99Ms: number
}

/** Prints and answers what clients saw of a run. */
export function reportCalls(
  report: RunReport,
  run: {
    answers: readonly ObservedAnswer[]
    observations: readonly Observation[]
    seconds: number
  },
): CallFigures {
  const { answers, observations, seconds } = run
  const waits = observations.map(({ startedAt, endedAt }) => endedAt - startedAt)
  const figures = {
    calls: answers.length,
    failed: answers.filter(({ kind }) => kind !== 'success').length,
    retried: observations.filter(({ answer }) => answer.kind !== 'success').length,
    perSecond: Math.round(answers.length / seconds),
    p50Ms: percentile(waits, 0.5),
    p99Ms: percentile(waits, 0.99),
  }
  report.figure(
    'calls',
    `${figures.calls} in ${seconds.toFixed(0)} s (${figures.perSecond}/s), ${figures.failed} failed, ${figures.retried} tries repeated by the client`,
  )
  report.figure(
    'answer, ms',
    `p50 ${figures.p50Ms}, p99 ${figures.p99Ms}, most ${percentile(waits, 1)}`,
  )
  return figures
}
