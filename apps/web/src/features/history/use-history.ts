import { useTollgate } from '../../connection/tollgate-context.ts'
import { trpc } from '../../connection/trpc.ts'
import { dailyUsage, type DayUsage, HISTORY_DAYS } from './daily-usage.ts'

/** Use per day for every meter; `daysOf` is null while unknown. */
export function useHistory(): {
  daysOf: ((meter: string) => DayUsage[]) | null
  isPending: boolean
} {
  const { data, dataUpdatedAt, isPending } = trpc.billing.history.useQuery({ days: HISTORY_DAYS })
  const { balances } = useTollgate().useBalances()
  if (!data) return { daysOf: null, isPending }
  // The server's day if known: a device's clock may be wrong.
  const now = new Date(balances?.[0]?.asOf ?? dataUpdatedAt)
  return { daysOf: (meter) => dailyUsage(data.used, meter, now), isPending }
}
