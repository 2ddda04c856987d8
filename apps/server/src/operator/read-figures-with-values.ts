import type { Figures } from '@tollgate/api'
import type { BillingBackend, Logger } from '@tollgate/contract'
import type { Database } from '@tollgate/database'
import { readFigures } from '@tollgate/metering/postgres'
import { readCreditValues } from './read-credit-values.ts'
import { readRevenue } from './read-revenue.ts'

const DAY_MS = 86_400_000

/** Sales, usage, revenue and provider costs of the last days (UTC), including today. */
export async function readFiguresWithValues(
  sources: { database: Database; backend: BillingBackend; logger: Logger },
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
  return {
    from: from.toISOString(),
    until: until.toISOString(),
    used: used.map((line) => ({ ...line, valueMicros: valueOf(line.credits, values) })),
    sold: granted,
    ...revenue,
  }
}

/** The price of credits; null if the credits of a meter are not sold separately. */
function valueOf(
  credits: Partial<Record<string, number>>,
  values: ReadonlyMap<string, number>,
): number | null {
  let sum = 0
  for (const [meter, amount = 0] of Object.entries(credits)) {
    const value = values.get(meter)
    if (value === undefined) return null
    sum += amount * value
  }
  return Math.round(sum)
}
