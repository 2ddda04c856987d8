import type { LedgerItem } from '@tollgate/contract'
import { catalog } from '@tollgate/contract/catalog'
import { useState } from 'react'
import { Button } from '../../components/button.tsx'
import { Card } from '../../components/card.tsx'
import { DownloadIcon } from '../../components/icons.tsx'
import { Skeleton } from '../../components/skeleton.tsx'
import { useCopy } from '../../copy/copy-context.tsx'
import { ActivityTable } from './activity-table.tsx'

/** Every call and what it cost, with a filter and a file to take away. */
export function ActivityList(props: {
  /** Undefined while it loads. */
  items: readonly LedgerItem[] | undefined
  onMore?: (() => void) | undefined
  onExport: (meter: string) => Promise<void>
  loadingMore?: boolean
}) {
  const { items, onMore, loadingMore, onExport } = props
  const { t } = useCopy()
  const [meter, setMeter] = useState('all')
  const [exporting, setExporting] = useState(false)
  const shown = items?.filter((item) => meter === 'all' || item.meter === meter)

  async function exportShown(): Promise<void> {
    setExporting(true)
    await onExport(meter).finally(() => setExporting(false))
  }

  return (
    <Card
      title={t.usage.activity}
      lead={t.usage.activityLead}
      flush
      aside={
        <div className="flex flex-wrap gap-2">
          <MeterFilter value={meter} onChange={setMeter} />
          <Button
            icon={<DownloadIcon className="size-4" />}
            blocked={!shown?.length}
            pending={exporting}
            onClick={() => void exportShown()}
          >
            {t.usage.csv}
          </Button>
        </div>
      }
    >
      {shown ? <Shown items={shown} /> : <Loading />}
      {onMore ? (
        <div className="border-t border-line p-3 text-center">
          <Button look="quiet" pending={loadingMore === true} onClick={onMore}>
            {t.usage.more}
          </Button>
        </div>
      ) : null}
    </Card>
  )
}

function Shown(props: { items: readonly LedgerItem[] }) {
  const { t } = useCopy()
  if (props.items.length > 0) return <ActivityTable items={props.items} />
  return (
    <div className="border-t border-line px-6 py-12 text-center">
      <p className="font-medium">{t.usage.activityEmptyTitle}</p>
      <p className="mt-1 text-sm text-muted">{t.usage.activityEmptyText}</p>
    </div>
  )
}

function MeterFilter(props: { value: string; onChange: (meter: string) => void }) {
  const { value, onChange } = props
  const { t } = useCopy()
  return (
    <select
      aria-label={t.usage.filter}
      value={value}
      onChange={(event) => onChange(event.target.value)}
      className="min-h-11 rounded-control border border-line bg-surface px-3 text-sm shadow-card"
    >
      <option value="all">{t.usage.all}</option>
      {Object.keys(catalog.meters).map((slug) => (
        <option key={slug} value={slug}>
          {t.meter.name(slug)}
        </option>
      ))}
    </select>
  )
}

function Loading() {
  const { t } = useCopy()
  return (
    <div aria-busy className="grid gap-4 border-t border-line p-6">
      <Skeleton className="h-6 w-full" />
      <Skeleton className="h-6 w-full" />
      <Skeleton className="h-6 w-full" />
      <span className="sr-only">{t.loading}</span>
    </div>
  )
}
