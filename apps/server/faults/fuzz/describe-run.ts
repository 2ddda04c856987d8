import { percentile } from '../say.ts'
import type { FuzzRun } from './run-fuzz.ts'

/** Prints the run as tables: how each program answered, and what the process retains. */
export function describeRun(run: FuzzRun): string[] {
  const columns = ['2xx', '3xx', '4xx', '5xx', 'closed', 'hang']
  const programs = ['server', 'billing'].map((program) => {
    const own = run.answers.filter((answer) => answer.program === program)
    const count = (kind: string) => own.filter(({ status }) => kindOf(status) === kind).length
    const times = own.map(({ ms }) => ms)
    return [
      program,
      run.routes.filter((route) => route.program === program).length,
      own.length,
      ...columns.map(count),
      own.filter(({ wasAskedBack }) => wasAskedBack).length,
      percentile(times, 0.5),
      percentile(times, 0.99),
      Math.max(0, ...times),
    ]
  })
  return [
    `fuzz: seed ${run.seed} (FAULT_SEED=${run.seed} repeats it)`,
    row(['program', 'routes', 'requests', ...columns, 'repeated', 'p50 ms', 'p99 ms', 'most ms']),
    ...programs.map(row),
    row(['held', 'before', 'after', 'at most']),
    ...run.figures.map(({ what, before, after, most }) => row([what, before, after, most])),
  ]
}

/** Everything wrong with the run, one sentence each; empty if all is well. */
export function findFaults(run: FuzzRun): string[] {
  const leaks = run.figures
    .filter(({ after, most }) => after > most)
    .map(({ what, before, after }) => `leak: ${what}: ${before} before, ${after} after`)
  const failures = run.answers.flatMap(({ failure }) => failure ?? [])
  return [...failures, ...run.missing, ...leaks]
}

function kindOf(status: number | string): string {
  return typeof status === 'number' ? `${Math.floor(status / 100)}xx` : status
}

function row(cells: readonly (string | number)[]): string {
  return cells
    .map((cell, index) => (index === 0 ? String(cell).padEnd(22) : String(cell).padStart(9)))
    .join('')
}
