import {
  type ApiServices,
  appRouter,
  costMicrosOf,
  type Figures,
  providerCostOf,
} from '@tollgate/api'
import type { BillingBackend, Logger } from '@tollgate/contract'
import type { Database } from '@tollgate/database'
import { readFigures } from '@tollgate/metering/postgres'
import { readCreditValues } from './read-credit-values.ts'
import { readRevenue } from './read-revenue.ts'

const DAY_MS = 86_400_000

/** What was sold, used, earned and paid for in the last days (UTC), today among them. */
export async function readFiguresWithCosts(
  sources: {
    database: Database
    backend: BillingBackend
    models: ApiServices['models']
    logger: Logger
  },
  { days, now }: { days: number; now: Date },
): Promise<Figures> {
  const today = Math.floor(now.getTime() / DAY_MS)
  const from = new Date((today - days + 1) * DAY_MS)
  const until = new Date((today + 1) * DAY_MS)
  const [{ used, granted }, revenue, values] = await Promise.all([
    readFigures(sources.database, { from, until }),
    readRevenue(sources, from),
    readCreditValues(sources),
  ])
  const { record } = appRouter._def
  return {
    from: from.toISOString(),
    until: until.toISOString(),
    used: used.map((line) => {
      const cost = providerCostOf(record, line.procedure, sources.models)
      const costMicros = cost && costMicrosOf(cost, line)
      const value = values.get(line.meter)
      const valueMicros = value === undefined ? null : Math.round(line.credits * value)
      return { ...line, provider: cost?.provider ?? null, costMicros, valueMicros }
    }),
    sold: granted,
    ...revenue,
  }
}
