import { formatFigure, formatSpread } from '../report/format-figure.ts'
import { formatLimit } from '../report/format-limit.ts'
import { formatTable } from '../report/format-table.ts'
import { type Spread, spreadOf } from '../measure/statistics.ts'
import { OTHERS_SHARE_MAX } from '../measure/watch-others.ts'
import type { ServerMeasured, ServerResult } from '../server/server-result.ts'
import type { Books } from './check-books.ts'
import type { Comparison, CoreReport } from './comparison.ts'
import type { Line } from './line.ts'

/** A comparison as a person reads it: what was measured of each, then each thing it must show with its target. */
export function formatComparison(comparison: Comparison): string {
  const { core, servers, lines, serversMissing, revisions } = comparison
  return [
    describe(comparison),
    formatCore(core),
    ...(servers.length > 0 ? [formatServers(servers), formatStatements(servers)] : []),
    ...(serversMissing === null ? [] : [`The real server was not measured: ${serversMissing}.`]),
    describeBooks(comparison),
    formatTable(
      ['', 'must show', 'target', 'measured', revisions.other, '', 'disturbed'],
      lines.map((each) => formatLine(each, comparison.rounds)),
    ),
  ].join('\n\n')
}

function describe(comparison: Comparison): string {
  const { machine, revisions, rounds, timing, startedAt, minutes } = comparison
  const load = (values: readonly number[]) => values.map((value) => value.toFixed(1)).join(' ')
  const disturbed = comparison.lines.filter(({ disturbedRounds }) => disturbedRounds > 0)
  return [
    `${startedAt}, ${formatFigure(minutes)} minutes · ${machine.cores} × ${machine.processor} · Node ${machine.node}`,
    `"this" is ${revisions.this}, measured beside ${revisions.other} in ${rounds} interleaved rounds of ${timing.measureMs} ms a cell`,
    `load average before ${load(machine.loadBefore)}, after ${load(machine.loadAfter)}`,
    disturbed.length === 0
      ? `quiet: in no round did others take more than ${OTHERS_SHARE_MAX * 100} % of the processors`
      : `BUSY: others took more than ${OTHERS_SHARE_MAX * 100} % of the processors in rounds behind ${disturbed.length} of ` +
        `${comparison.lines.length} lines; each says in how many`,
  ].join('\n')
}

function formatCore(core: Comparison['core']): string {
  const rows = core.this.cells.flatMap((cell) => {
    const same = ({ name, concurrency }: CoreReport['cells'][number]) =>
      name === cell.name && concurrency === cell.concurrency
    const other = core.other.cells.find(same)
    return [{ of: 'this', ...cell }, ...(other ? [{ of: 'other', ...other }] : [])]
  })
  return formatTable(
    ['core', 'at once', 'of', 'per second', 'p50 ms', 'p99 ms', 'CPU ms each', 'failed'],
    rows.map(({ of, name, concurrency, samples }) => [
      name,
      String(concurrency),
      of,
      ...[
        samples.map(({ perSecond }) => perSecond),
        samples.map(({ p50 }) => p50),
        samples.map(({ p99 }) => p99),
        samples.map(({ cpuMs }) => cpuMs),
      ].map((values) => formatSpread(spreadOf(values))),
      failures(samples),
    ]),
  )
}

function formatServers(servers: readonly ServerResult[]): string {
  const cells = servers[0]?.cells ?? []
  const rows = cells.flatMap(({ name, concurrency }) =>
    servers.map((server) => ({
      server,
      name,
      concurrency,
      rounds:
        server.cells.find((cell) => cell.name === name && cell.concurrency === concurrency)
          ?.rounds ?? [],
    })),
  )
  const head = ['real server', 'at once', 'of', 'per second', 'p50 ms', 'p99 ms']
  return formatTable(
    [...head, 'CPU ms server + billing + postgres', 'on path', 'failed'],
    rows.map(({ server, name, concurrency, rounds }) => {
      const median = (figure: (sample: ServerMeasured) => number): Spread =>
        spreadOf(rounds.map(figure))
      const cpu = [
        median((sample) => sample.cpuDelivered.server),
        median((sample) => sample.cpuDelivered.billing),
        median((sample) => sample.cpuDelivered.postgres),
      ]
      return [
        name,
        String(concurrency),
        server.name,
        formatSpread(median(({ perSecond }) => perSecond)),
        formatSpread(median(({ p50 }) => p50)),
        formatSpread(median(({ p99 }) => p99)),
        cpu.map((each) => formatFigure(each.median)).join(' + '),
        formatFigure(median(({ statementsOnPath }) => statementsOnPath).median),
        failures(rounds),
      ]
    }),
  )
}

/** The statements behind the figures of billed calls: who doubts a count can look. */
function formatStatements(servers: readonly ServerResult[]): string {
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
  return formatTable(['of', 'at once', 'per billed call', 'statement'], rows)
}

function describeBooks({ core, servers, revisions }: Comparison): string {
  const all: [string, Books][] = [
    [`core of ${revisions.other}`, core.other.books],
    ['core of this', core.this.books],
    ...servers.map(({ name, books }): [string, Books] => [`server of ${name}`, books]),
  ]
  return all
    .map(
      ([name, books]) =>
        `books, ${name}: ${books.succeeded} calls succeeded, ${books.settled} settled, ${books.charged} charged, ` +
        `${books.deducted} deducted by the backend, lowest balance ${books.lowest}` +
        (books.violations.length > 0 ? `, violated: ${books.violations.join(', ')}` : '') +
        (books.exact ? ': exact' : ': NOT EXACT'),
    )
    .join('\n')
}

function formatLine(each: Line, rounds: number): string[] {
  const { id, what, limit, measured, before, met, disturbedRounds } = each
  return [
    id,
    what,
    limit ? formatLimit(limit) : '',
    formatSpread(measured),
    before ? formatSpread(before) : '',
    met === null ? '' : met ? 'kept' : 'MISSED',
    disturbedRounds > 0 ? `${disturbedRounds} of ${rounds}` : '',
  ]
}

function failures(samples: readonly { failed: Record<string, number> }[]): string {
  return samples
    .flatMap(({ failed }) => Object.entries(failed))
    .map(([reason, count]) => `${count} × ${reason}`)
    .join(', ')
}
