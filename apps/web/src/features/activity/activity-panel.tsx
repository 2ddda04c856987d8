import type { LedgerItem } from '@tollgate/contract'
import { useState } from 'react'
import { Button } from '../../components/button.tsx'
import { Card } from '../../components/card.tsx'
import { DownloadIcon } from '../../components/icons.tsx'
import { useCopy } from '../../copy/copy-context.tsx'
import { ActivityDrawer } from './activity-drawer.tsx'
import { EVERYTHING } from './activity-filter.ts'
import { ActivityFilters } from './activity-filters.tsx'
import { ActivityLoading } from './activity-loading.tsx'
import { ActivityTable } from './activity-table.tsx'
import { type Activity, useActivity } from './use-activity.ts'
import { useExportActivity } from './use-export-activity.ts'

/** Every call and what it cost, with filters, details and a CSV export. */
export function ActivityPanel() {
  const { t } = useCopy()
  const activity = useActivity()
  const save = useExportActivity()
  const [opened, setOpened] = useState<LedgerItem | null>(null)
  const [exporting, setExporting] = useState(false)
  const { items, filter } = activity

  async function exportShown(): Promise<void> {
    setExporting(true)
    await save(filter).finally(() => setExporting(false))
  }

  return (
    <Card
      title={t.usage.activity}
      lead={t.usage.activityLead}
      flush
      aside={
        <div className="flex flex-wrap gap-2">
          <ActivityFilters value={filter} onChange={activity.setFilter} />
          <Button
            icon={<DownloadIcon className="size-4" />}
            blocked={!items?.length}
            pending={exporting}
            onClick={() => void exportShown()}
          >
            {t.usage.csv}
          </Button>
        </div>
      }
    >
      {items ? <Shown activity={activity} items={items} onOpen={setOpened} /> : <ActivityLoading />}
      <Pages activity={activity} />
      <ActivityDrawer item={opened} onClose={() => setOpened(null)} />
    </Card>
  )
}

function Shown(props: {
  activity: Activity
  items: readonly LedgerItem[]
  onOpen: (item: LedgerItem) => void
}) {
  const { activity, items, onOpen } = props
  const { t } = useCopy()
  if (items.length > 0) return <ActivityTable items={items} onOpen={onOpen} />
  const { meter, show, period } = activity.filter
  const isFiltered = meter !== null || show !== 'all' || period !== 'all'
  return (
    <div className="border-t border-line px-6 py-12 text-center">
      <p className="font-medium">{isFiltered ? t.usage.noneTitle : t.usage.activityEmptyTitle}</p>
      {isFiltered ? (
        <Button look="quiet" onClick={() => activity.setFilter(EVERYTHING)}>
          {t.usage.showEverything}
        </Button>
      ) : (
        <p className="mt-1 text-sm text-muted">{t.usage.activityEmptyText}</p>
      )}
    </div>
  )
}

/** Buttons that keep their position, so that they can be pressed repeatedly. */
function Pages(props: { activity: Activity }) {
  const { newer, older, page, isFetching } = props.activity
  const { t, f } = useCopy()
  if (!newer && !older) return null
  return (
    <nav
      aria-label={t.usage.pages}
      className="flex items-center justify-between gap-3 border-t border-line p-3"
    >
      <Button look="quiet" blocked={!newer || isFetching} onClick={() => newer?.()}>
        {t.usage.newer}
      </Button>
      <output className="text-sm text-muted tabular-nums">{t.usage.page(f, page)}</output>
      <Button look="quiet" blocked={!older || isFetching} onClick={() => older?.()}>
        {t.usage.older}
      </Button>
    </nav>
  )
}
