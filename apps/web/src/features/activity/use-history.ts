import { trpc } from '@tollgate/client/react'
import type { MeterSlug } from '@tollgate/contract'
import { dailyUsage, type DayUsage } from './daily-usage.ts'

/** The most one page of activity carries. */
const ITEMS_MAX = 100

/** Use per day for every meter, summed up from the customer's own ledger; null while it loads. */
export function useHistory(): ((meter: MeterSlug) => DayUsage[]) | null {
  const activity = trpc.billing.activity.useQuery({ limit: ITEMS_MAX })
  const { data, dataUpdatedAt } = activity
  if (!data) return null
  const now = new Date(dataUpdatedAt)
  return (meter) => dailyUsage(data.items, meter, now)
}
