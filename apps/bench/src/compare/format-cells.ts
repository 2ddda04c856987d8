import { type Spread, spreadOf } from '../measure/statistics.ts'
import { formatFigure, formatSpread } from '../report/format-figure.ts'
import type { ServerMeasured, ServerResult } from '../server/server-result.ts'
import type { Comparison, CoreReport } from './comparison.ts'
import { formatDisturbed } from './line.ts'

/** A table before formatting. */
export type Table = { head: readonly string[]; rows: readonly (readonly string[])[] }

/** Every cell of the core, with the two revisions below each other. */
export function coreTable(core: Comparison['core']): Table {
  const rows = core.this.cells.flatMap((cell) => {
    const same = ({ name, concurrency }: CoreReport['cells'][number]) =>
      name === cell.name && concurrency === cell.concurrency
    const other = core.other.cells.find(same)
    return [{ of: 'this', ...cell }, ...(other ? [{ of: 'other', ...other }] : [])]
  })
  return {
    head: [
      'core',
      'at once',
      'of',
      'per second',
      'p50 ms',
      'p99 ms',
      'CPU ms each',
      'disturbed',
      'failed',
    ],
    rows: rows.map(({ of, name, concurrency, samples }) => [
      name,
      String(concurrency),
      of,
      ...[
        samples.map(({ perSecond }) => perSecond),
        samples.map(({ p50 }) => p50),
        samples.map(({ p99 }) => p99),
        samples.map(({ cpuMs }) => cpuMs),
      ].map((values) => formatSpread(spreadOf(values))),
      formatDisturbed(samples),
      failures(samples),
    ]),
  }
}

/** Every cell of the real server, with its variants below each other. */
export function serverTable(servers: readonly ServerResult[]): Table {
  const rows = (servers[0]?.cells ?? []).flatMap(({ name, concurrency }) =>
    servers.map((server) => ({
      of: server.name,
      name,
      concurrency,
      rounds: roundsOf(server, name, concurrency),
    })),
  )
  const head = ['real server', 'at once', 'of', 'per second', 'p50 ms', 'p99 ms']
  return {
    head: [...head, 'CPU ms server + billing + postgres', 'on path', 'disturbed', 'failed'],
    rows: rows.map(({ of, name, concurrency, rounds }) => {
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
        of,
        formatSpread(median(({ perSecond }) => perSecond)),
        formatSpread(median(({ p50 }) => p50)),
        formatSpread(median(({ p99 }) => p99)),
        cpu.map((each) => formatFigure(each.median)).join(' + '),
        formatFigure(median(({ statementsOnPath }) => statementsOnPath).median),
        formatDisturbed(rounds),
        failures(rounds),
      ]
    }),
  }
}

function roundsOf(server: ServerResult, name: string, concurrency: number) {
  const found = server.cells.find((cell) => cell.name === name && cell.concurrency === concurrency)
  return found?.rounds ?? []
}

function failures(samples: readonly { failed: Record<string, number> }[]): string {
  return samples
    .flatMap(({ failed }) => Object.entries(failed))
    .map(([reason, count]) => `${count} × ${reason}`)
    .join(', ')
}
