import { trpc } from '../../connection/trpc.ts'
import { dailyUsage, type DayUsage, HISTORY_DAYS } from './daily-usage.ts'

/** Use per day for every meter; null while it loads. */
export function useHistory(): ((meter: string) => DayUsage[]) | null {
  const { data, dataUpdatedAt } = trpc.billing.history.useQuery({ days: HISTORY_DAYS })
  if (!data) return null
  const now = new Date(dataUpdatedAt)
  return (meter) => dailyUsage(data.used, meter, now)
}
