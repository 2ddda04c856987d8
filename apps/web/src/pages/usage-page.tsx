import { catalog } from '@tollgate/contract/catalog'
import { useSearch } from 'wouter'
import { TabLinks } from '../components/tab-links.tsx'
import { useEver } from '../components/use-ever.ts'
import { useTollgate } from '../connection/tollgate-context.ts'
import { useCopy } from '../copy/copy-context.tsx'
import { ActivityList } from '../features/activity/activity-list.tsx'
import { AlertCard } from '../features/alerts/alert-card.tsx'
import { LiveBalanceCard } from '../features/balance/live-balance-card.tsx'
import { dailyMap } from '../features/history/daily-usage.ts'
import { HistoryCard } from '../features/history/history-card.tsx'
import { useHistory } from '../features/history/use-history.ts'
import { MeterControls } from '../features/spending/meter-controls.tsx'
import { UsageFacts } from '../features/spending/usage-facts.tsx'
import { useSoughtCap } from '../features/spending/use-sought-cap.ts'

const OVERVIEW = '/usage'
const SETTINGS = '/usage?view=settings'
const METERS = Object.keys(catalog.meters)

/** Balances, usage and every single call; and, in a separate tab, the settings. */
export function UsagePage() {
  const { t } = useCopy()
  const isSettings = new URLSearchParams(useSearch()).get('view') === 'settings'
  return (
    <div className="grid gap-4">
      <header className="grid gap-3">
        <div className="flex flex-wrap items-center justify-between gap-x-6">
          <h1 className="text-2xl sm:text-[1.75rem]">{t.usage.title}</h1>
          <TabLinks
            label={t.usage.views.label}
            tabs={[
              { href: OVERVIEW, label: t.usage.views.overview, isShown: !isSettings },
              { href: SETTINGS, label: t.usage.views.settings, isShown: isSettings },
            ]}
          />
        </div>
        <UsageFacts />
      </header>
      {isSettings ? <AlertCard /> : <Overview />}
    </div>
  )
}

function Overview() {
  const { daysOf, isPending } = useHistory()
  const balances = useTollgate().useBalances()
  const sought = useSoughtCap(METERS)
  const isLoaded = useEver(!isPending && !balances.isPending)
  return (
    <>
      <div className="grid gap-4 md:grid-cols-2 lg:grid-cols-3">
        {METERS.map((meter) => (
          <LiveBalanceCard
            key={meter}
            meter={meter}
            daily={daysOf && dailyMap(daysOf(meter))}
            controls={
              <MeterControls meter={meter} sought={sought === meter} settingsHref={SETTINGS} />
            }
          />
        ))}
      </div>
      {/* Rendered after the meters have their height, to avoid layout shifts below them. */}
      {isLoaded ? (
        <>
          <HistoryCard daysOf={daysOf} />
          <ActivityList />
        </>
      ) : null}
    </>
  )
}
