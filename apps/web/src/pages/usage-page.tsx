import { catalog } from '@tollgate/contract/catalog'
import { useCopy } from '../copy/copy-context.tsx'
import { ActivityList } from '../features/activity/activity-list.tsx'
import { HistoryCard } from '../features/activity/history-card.tsx'
import { useActivity } from '../features/activity/use-activity.ts'
import { useExportActivity } from '../features/activity/use-export-activity.ts'
import { useHistory } from '../features/activity/use-history.ts'
import { AlertCard } from '../features/alerts/alert-card.tsx'
import { LiveBalanceCard } from '../features/balance/live-balance-card.tsx'
import { SpendingCard } from '../features/spending/spending-card.tsx'

/** What there is, what was used, and every single call. */
export function UsagePage() {
  const { t } = useCopy()
  const daysOf = useHistory()
  const activity = useActivity()
  const exportAll = useExportActivity()
  return (
    <div className="grid gap-6">
      <header>
        <h1 className="text-2xl sm:text-[1.75rem]">{t.usage.title}</h1>
        <p className="mt-1.5 text-muted">{t.usage.lead}</p>
      </header>
      <div className="grid gap-5 md:grid-cols-2 lg:grid-cols-3">
        {Object.keys(catalog.meters).map((meter) => (
          <LiveBalanceCard key={meter} meter={meter} daily={daysOf && dailyMap(daysOf(meter))} />
        ))}
      </div>
      <HistoryCard daysOf={daysOf} />
      <ActivityList
        onExport={exportAll}
        items={activity.data?.pages.flatMap((page) => page.items)}
        onMore={activity.hasNextPage ? () => void activity.fetchNextPage() : undefined}
        loadingMore={activity.isFetchingNextPage}
      />
      <SpendingCard />
      <AlertCard />
    </div>
  )
}

function dailyMap(days: readonly { day: string; amount: number }[]): ReadonlyMap<string, number> {
  return new Map(days.map(({ day, amount }) => [day, amount]))
}
