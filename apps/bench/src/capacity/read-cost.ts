import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { spreadOf } from '../measure/statistics.ts'
import { MEASURED_COST } from './measured-cost.ts'
import type { CostOfCall } from './plan-capacity.ts'

const cpu = z.object({ server: z.number(), billing: z.number(), postgres: z.number() })
const report = z.object({
  servers: z.array(
    z.object({
      name: z.string(),
      cells: z.array(
        z.object({
          name: z.string(),
          concurrency: z.number(),
          rounds: z.array(z.object({ cpuDelivered: cpu })),
        }),
      ),
    }),
  ),
})

/** The cost of a billed call in a report of `pnpm bench --against … --json file`: of 64 at once, on this revision's one process. */
export function readCost(file: string): CostOfCall {
  const { servers } = report.parse(JSON.parse(readFileSync(file, 'utf8')))
  const server = servers.find(({ name }) => name.startsWith('this') && !name.includes('×'))
  const cell = server?.cells.find(
    ({ name, concurrency }) => name === 'billed' && concurrency === 64,
  )
  if (!cell)
    throw new Error(
      `${file} has no billed calls of a real server. Run pnpm bench --against <commit> --json ${file}.`,
    )
  const of = (part: keyof z.infer<typeof cpu>) =>
    spreadOf(cell.rounds.map(({ cpuDelivered }) => cpuDelivered[part])).median
  return {
    ...MEASURED_COST,
    server: of('server'),
    billing: of('billing'),
    postgres: of('postgres'),
  }
}
