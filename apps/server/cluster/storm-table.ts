import { parseArgs } from 'node:util'
import { createHistory, faultSeed, seededRandom } from '@tollgate/testing/faults'
import { createRunReport } from '../faults/run-report.ts'
import type { CallFigures } from './report-calls.ts'
import { runStorm } from './run-storm.ts'
import { STORM_TOPOLOGIES } from './storm-topologies.ts'

// `pnpm storm [--calls 2000] [--only text]`: the same calls on one server, on two, and on two over two shards, each without and with kills;
// prints a table.
const { values } = parseArgs({
  options: {
    calls: { type: 'string', default: '2000' },
    only: { type: 'string', default: '' },
  },
})

type Row = CallFigures & { topology: string; killed: string; violations: number }

const rows: Row[] = []
for (const [topology, start] of Object.entries(STORM_TOPOLOGIES)) {
  if (topology.includes(values.only)) rows.push(...(await runOn(topology, start)))
}
print(tableOf(rows))
process.exitCode = rows.some(({ failed, violations }) => failed + violations > 0) ? 1 : 0

/** Runs both storms on the same cluster: the check after the second also covers the data of the first. */
async function runOn(name: string, start: (typeof STORM_TOPOLOGIES)[string]): Promise<Row[]> {
  const topology = await start()
  const seed = faultSeed()
  const [random, history] = [seededRandom(seed), createHistory()]
  const storm = async (killed: string, kills: typeof topology.kills): Promise<Row> => {
    const report = createRunReport(`${name}, ${killed}`, seed)
    const calls = Number(values.calls)
    const { figures } = await runStorm(topology.stage, { calls, kills, random, history, report })
    for (const broken of await topology.checkPlaces())
      report.violation({ invariant: 'shards', detail: JSON.stringify(broken) })
    return { ...figures, topology: name, killed, violations: report.violations().length }
  }
  try {
    const { kills } = topology
    return [await storm('nothing', []), await storm(`each of ${kills.length} processes`, kills)]
  } finally {
    await topology.stop()
  }
}

function tableOf(figures: readonly Row[]): string {
  const head = [
    'topology',
    'killed',
    'calls',
    'failed',
    'tries repeated',
    'violations',
    'calls/s',
    'p50 ms',
    'p99 ms',
  ]
  const lines = figures.map((row) => [
    row.topology,
    row.killed,
    row.calls,
    row.failed,
    row.retried,
    row.violations,
    row.perSecond,
    row.p50Ms,
    row.p99Ms,
  ])
  return [head, head.map(() => '---'), ...lines].map((line) => `| ${line.join(' | ')} |`).join('\n')
}

function print(text: string): void {
  process.stdout.write(`\n${text}\n`)
}
