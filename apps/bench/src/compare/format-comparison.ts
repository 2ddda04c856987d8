import { formatFigure, formatSpread } from '../report/format-figure.ts'
import { formatLimit } from '../report/format-limit.ts'
import { formatTable } from '../report/format-table.ts'
import { OTHERS_SHARE_MAX } from '../measure/watch-others.ts'
import type { ServerResult } from '../server/server-result.ts'
import type { LedgerCheck } from './check-ledger.ts'
import type { Comparison } from './comparison.ts'
import { coreTable, serverTable, type Table } from './format-cells.ts'
import { formatShare, type Line } from './line.ts'

/** A comparison as text: the measurements, then each requirement with its target. */
export function formatComparison(comparison: Comparison): string {
  const { core, servers, serversMissing } = comparison
  return [
    describeComparison(comparison).join('\n'),
    ...[
      coreTable(core),
      ...(servers.length > 0 ? [serverTable(servers), statementTable(servers)] : []),
    ].map(({ head, rows }) => formatTable(head, rows)),
    ...(serversMissing === null ? [] : [`The real server was not measured: ${serversMissing}.`]),
    describeLedger(comparison),
    formatLines(targetTable(comparison)),
  ].join('\n\n')
}

function formatLines({ head, rows }: Table): string {
  return formatTable(head, rows)
}

/** The revisions, the machine, and whether other processes used it meanwhile. */
export function describeComparison(comparison: Comparison): string[] {
  const { machine, revisions, rounds, timing, startedAt, minutes } = comparison
  const load = (values: readonly number[]) => values.map((value) => value.toFixed(1)).join(' ')
  const disturbed = comparison.lines.filter(({ disturbedRounds }) => disturbedRounds > 0).length
  const share = `${OTHERS_SHARE_MAX * 100} % of the processors`
  return [
    `${startedAt}, ${formatFigure(minutes)} minutes · ${machine.cores} × ${machine.processor} · Node ${machine.node}`,
    `"this" is ${revisions.this}, measured beside ${revisions.other} in ${rounds} interleaved rounds of ${timing.measureMs} ms a cell`,
    `load average before ${load(machine.loadBefore)}, after ${load(machine.loadAfter)}`,
    disturbed === 0
      ? `quiet machine: in no round did others take more than ${share}`
      : `BUSY MACHINE: others took more than ${share} in rounds behind ${disturbed} of ${comparison.lines.length} lines; ` +
        'each says in how many',
  ]
}

/** Each requirement with its target. */
export function targetTable({ lines, revisions }: Comparison): Table {
  return {
    head: ['issue', 'must show', 'target', 'measured', revisions.other, 'verdict', 'disturbed'],
    rows: lines.map(formatLine),
  }
}

function formatLine(each: Line): string[] {
  const { id, what, limit, measured, before, met, disturbedRounds, rounds } = each
  return [
    id,
    what,
    limit ? formatLimit(limit) : '',
    formatSpread(measured),
    before ? formatSpread(before) : '',
    met === null ? '' : met ? 'kept' : 'MISSED',
    formatShare(disturbedRounds, rounds),
  ]
}

/** The statements behind the counts of billed calls, so that they can be verified. */
function statementTable(servers: readonly ServerResult[]): Table {
  const rows = servers.flatMap(({ name, cells }) =>
    cells
      .filter((cell) => cell.name === 'billed')
      .flatMap(({ concurrency, rounds }) => {
        const last = rounds.at(-1)
        return (last?.statements ?? [])
          .map(({ text, calls }) => ({ text, each: calls / (last?.succeeded ?? 1) }))
          .filter(({ each }) => each >= 0.02)
          .map(({ text, each }) => [name, String(concurrency), formatFigure(each), text])
      }),
  )
  return { head: ['of', 'at once', 'per billed call', 'statement'], rows }
}

/** One sentence on the ledger of each revision and variant. */
export function describeLedger({ core, servers, revisions }: Comparison): string {
  const all: [string, LedgerCheck][] = [
    [`core of ${revisions.other}`, core.other.ledger],
    ['core of this', core.this.ledger],
    ...servers.map(({ name, ledger }): [string, LedgerCheck] => [`server of ${name}`, ledger]),
  ]
  return all
    .map(
      ([name, ledger]) =>
        `ledger, ${name}: ${ledger.succeeded} calls succeeded, ${ledger.settled} settled, ${ledger.charged} charged, ` +
        `${ledger.deducted} deducted by the backend, lowest balance ${ledger.lowest}` +
        (ledger.violations.length > 0 ? `, violated: ${ledger.violations.join(', ')}` : '') +
        (ledger.exact ? ': exact' : ': NOT EXACT'),
    )
    .join('\n')
}
