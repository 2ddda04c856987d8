import { meterUnits } from '@tollgate/contract/copy'
import type { PriceDescription } from '@tollgate/trpc'
import type { TRPCRouterRecord } from '@trpc/server'
import { inputSchema } from './open-api/answer-schema.ts'
import { readProcedures } from './open-api/read-procedures.ts'

/** A billed procedure as an agent sees it. */
export type AgentTool = {
  name: string
  /** The procedure's path in the router. */
  path: string
  /** What it does and what it costs. */
  description: string
  /** Its input as JSON Schema. */
  inputSchema: { type: 'object'; [keyword: string]: unknown }
}

/** Lists the billed procedures that are offered to agents: those whose price has a `tool`. */
export function listTools(router: TRPCRouterRecord): AgentTool[] {
  return readProcedures(router).flatMap(({ path, billing, input }) =>
    billing?.tool === undefined
      ? []
      : {
          name: path.replaceAll('.', '_'),
          path,
          description: `${billing.tool} Costs ${billing.charges.map(costOf).join(' and ')}. Failed calls are free.`,
          inputSchema: { ...inputSchema(input), type: 'object' },
        },
  )
}

function costOf({ meter, amount }: PriceDescription['charges'][number]): string {
  const { one, other } = unitsOf(meter)
  return amount === null ? `${other} by use` : `${amount} ${amount === 1 ? one : other}`
}

const unitsOf = meterUnits()
