import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { spreadOf } from '../measure/statistics.ts'
import { MEASURED_COST } from './measured-cost.ts'
import type { CostOfCall, CpuOfCall } from './plan-capacity.ts'

const cpu = z.object({ server: z.number(), billing: z.number(), postgres: z.number() })
const report = z.object({
  servers: z.array(
    z.object({
      name: z.string(),
      cells: z.array(
        z.object({
          name: z.string(),
          concurrency: z.number(),
          rounds: z.array(z.object({ perSecond: z.number(), cpuDelivered: cpu })),
        }),
      ),
    }),
  ),
})

/** Reads the cost of a billed call from a report of `pnpm bench --against … --json file`: this revision in one process. */
export function readCost(file: string): CostOfCall {
  const { servers } = report.parse(JSON.parse(readFileSync(file, 'utf8')))
  const server = servers.find(({ name }) => name.startsWith('this') && !name.includes('×'))
  const roundsOf = (atOnce: number) => {
    const cell = server?.cells.find(
      ({ name, concurrency }) => name === 'billed' && concurrency === atOnce,
    )
    if (cell) return cell.rounds
    throw new Error(
      `${file} has no billed calls of a real server. Run pnpm bench --against <commit> --json ${file}.`,
    )
  }
  return {
    ...MEASURED_COST,
    alone: medianCpu(roundsOf(1)),
    alonePerSecondMax: spreadOf(roundsOf(1).map(({ perSecond }) => perSecond)).median,
    together: medianCpu(roundsOf(64)),
  }
}

function medianCpu(rounds: readonly { cpuDelivered: CpuOfCall }[]): CpuOfCall {
  const of = (part: keyof CpuOfCall) =>
    spreadOf(rounds.map(({ cpuDelivered }) => cpuDelivered[part])).median
  return { server: of('server'), billing: of('billing'), postgres: of('postgres') }
}
