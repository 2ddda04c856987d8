import type { HistoryViolation } from '@tollgate/testing/faults'
import { say } from './say.ts'

/** Collects the findings of a run; every run prints its seed and figures, and fails on any violation. */
export type RunReport = {
  figure(name: string, value: string | number): void
  violation(violation: HistoryViolation | { invariant: string; detail: string }): void
  violations(): readonly string[]
}

/** One example is enough; a thousand would say no more. */
const LINES_MAX = 20

/** Creates the report of one run. */
export function createRunReport(run: string, seed: number): RunReport {
  const violations: string[] = []
  say(`${run}: seed ${seed} (FAULT_SEED=${seed} repeats it)`)
  return {
    figure: (name, value) => say(`${run}: ${name}: ${value}`),
    violation({ invariant, detail }) {
      const line = `${invariant}: ${detail}`
      violations.push(line)
      if (violations.length > LINES_MAX) return
      say(`${run}: VIOLATION ${line}`)
    },
    violations: () => violations.slice(0, LINES_MAX),
  }
}
