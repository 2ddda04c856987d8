import type { PartResult } from './part-result.ts'
import { lanesOf, type NOT_RUN, type Part } from './parts.ts'

const FAILURES_MAX = 10
const MESSAGE_LINES_MAX = 40

/** What will run, and the expected duration. */
export function renderPlan(parts: readonly Part[], logs: string): string {
  const totals = lanesOf(parts).map((lane) => lane.reduce((sum, { seconds }) => sum + seconds, 0))
  const rows = parts.map(
    ({ script, seconds, waits }, index) =>
      `  ${String(index + 1).padStart(2)}  ${script.padEnd(20)} about ${duration(seconds)}${waits ? ', beside the others' : ''}`,
  )
  return [
    `Plan: ${parts.length} parts, about ${duration(Math.max(...totals))} on two idle cores. One log file per part in ${logs}/`,
    ...rows,
    '',
  ].join('\n')
}

/** The outcome of one part: one line when it passed, otherwise what failed. */
export function renderResult(result: PartResult): string {
  const counts = `${result.passed} passed, ${result.failed} failed, ${duration(result.seconds)}`
  if (result.outcome === 'passed' && result.failed === 0) return `ok: ${counts}`
  const shown = result.failures
    .slice(0, FAILURES_MAX)
    .flatMap(({ file, title, message }) => [
      '',
      `  FAILED  ${[file, title].filter((part) => part !== '').join(' > ')}`,
      ...message.split('\n').slice(0, MESSAGE_LINES_MAX),
    ])
  const more = result.failures.length - FAILURES_MAX
  return [
    `${result.outcome}: ${counts}`,
    ...shown,
    ...(more > 0 ? ['', `  and ${more} more`] : []),
    '',
    `  log     ${result.log}`,
    `  rerun   ${result.rerun}`,
    '',
  ].join('\n')
}

/** The table of everything that ran or did not, followed by the totals on the last line. */
export function renderSummary(
  results: readonly PartResult[],
  skipped: readonly { script: string; what: string }[],
  notRun: typeof NOT_RUN,
): string {
  const passed = results.reduce((sum, result) => sum + result.passed, 0)
  const failed = results.reduce((sum, result) => sum + result.failed, 0)
  const bad = results.filter((result) => result.outcome !== 'passed' || result.failed > 0)
  return [
    '',
    `  ${'part'.padEnd(20)}  passed  failed        time  log`,
    ...results.map(renderRow),
    ...[...skipped, ...notRun].map(
      ({ script, what }) => `  ${script.padEnd(20)}  not run: \`pnpm ${script}\` (${what})`,
    ),
    '',
    ...bad.map(({ rerun }) => `  rerun: ${rerun}`),
    ...(bad.length > 0 ? [''] : []),
    `${passed} passed, ${failed} failed`,
    '',
  ].join('\n')
}

function renderRow({ script, passed, failed, seconds, log }: PartResult): string {
  const [ok, not] = [passed, failed].map((count) => String(count).padStart(6))
  return `  ${script.padEnd(20)}  ${ok}  ${not}  ${duration(seconds).padStart(10)}  ${log}`
}

function duration(seconds: number): string {
  const minutes = Math.floor(seconds / 60)
  return minutes === 0 ? `${seconds} s` : `${minutes} min ${seconds % 60} s`
}
