import type { Observation, ObservedAnswer } from '@tollgate/testing/faults'
import type { RunReport } from '../faults/run-report.ts'
import { percentile } from '../faults/say.ts'

/** A run as its clients saw it: calls, failures, retries, and latencies. */
export type CallFigures = {
  calls: number
  failed: number
  retried: number
  perSecond: number
  p50Ms: number
  p99Ms: number
}

/** Prints and returns the figures of a run as its clients saw it. */
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
