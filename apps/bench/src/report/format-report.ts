import { formatFigure, formatSpread } from './format-figure.ts'
import { formatLimit } from './format-limit.ts'
import { formatTable } from './format-table.ts'
import type { Report } from './report.ts'

/** A run as text: measurements, counts, and which goals were met. */
export function formatReport(report: Report): string {
  return [
    describeRun(report),
    formatTable(
      [
        'measured',
        'at once',
        'per second',
        'p50 ms',
        'p99 ms',
        'CPU ms each',
        'disturbed',
        'failed',
      ],
      report.cells.map(
        ({ name, concurrency, perSecond, p50, p99, cpuMs, disturbedRounds, failed }) => [
          name,
          String(concurrency),
          formatSpread(perSecond),
          formatSpread(p50),
          formatSpread(p99),
          formatSpread(cpuMs),
          disturbedRounds > 0 ? `${disturbedRounds} of ${report.rounds}` : '',
          failed.map(([reason, count]) => `${count} × ${reason}`).join(', '),
        ],
      ),
    ),
    describeCosts(report),
    formatTable(
      ['goal', 'what', 'limit', 'measured', ''],
      report.goals.map((goal) => [
        goal.id,
        goal.what,
        formatLimit(goal.limit),
        formatSpread(goal.measured),
        goal.met ? 'kept' : 'MISSED',
      ]),
    ),
  ].join('\n\n')
}

function describeRun({ machine, rounds, timing, startedAt }: Report): string {
  const load = (values: readonly number[]) => values.map((value) => value.toFixed(1)).join(' ')
  return (
    `${startedAt} · ${machine.cores} × ${machine.processor} · Node ${machine.node}\n` +
    `load average before ${load(machine.loadBefore)}, after ${load(machine.loadAfter)}\n` +
    `${rounds} interleaved rounds of ${timing.measureMs} ms per cell after ${timing.warmUpMs} ms of warm-up; ` +
    'median (least–most) of the rounds\n' +
    '"far": the billing backend 40 ms away. "pair": hold and settle without HTTP. Everything shares the cores above.\n' +
    '"CPU ms each": processor time per operation of server, database and billing backend; the least disturbed figure here.'
  )
}

function describeCosts({ costs, delivered, race, exactness }: Report): string {
  const { billedRequests, naiveRequests, deliveryRequests } = costs
  return [
    `requests to the billing backend per call: naive ${formatFigure(naiveRequests)}, billed ${formatFigure(billedRequests)} ` +
      `on the path and ${formatFigure(deliveryRequests)} behind it`,
    `database round trips per billed call: ${formatFigure(costs.roundTripsAlone)} alone, ` +
      `${formatFigure(costs.roundTripsInCrowd)} with 64 at once; waits for the disk ${formatFigure(costs.fsyncsInCrowd)}`,
    `relay: ${formatFigure(delivered.events)} events delivered and confirmed at ${formatFigure(delivered.perSecond)}/s`,
    `race: ${race.calls} calls at once for ${race.credits} credits: billed lets ${race.billed} through, naive ${race.naive}`,
    `ledger: ${exactness.succeeded} calls succeeded, ${exactness.settled} settled, ${exactness.events} usage events, ` +
      `${exactness.deducted} credits deducted by the backend, lowest balance ${exactness.lowest}` +
      (exactness.violations.length > 0 ? `, violated: ${exactness.violations.join(', ')}` : '') +
      (exactness.exact ? ': exact' : ': NOT EXACT'),
  ].join('\n')
}
