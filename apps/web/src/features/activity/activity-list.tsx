import { lazy, Suspense } from 'react'
import { Card } from '../../components/card.tsx'
import { useCopy } from '../../copy/copy-context.tsx'
import { ActivityLoading } from './activity-loading.tsx'

/** Every call and what it cost; loaded on demand, because it is never the first page of a visit. */
export function ActivityList() {
  const { t } = useCopy()
  return (
    <Suspense
      fallback={
        <Card title={t.usage.activity} lead={t.usage.activityLead} flush>
          <ActivityLoading />
        </Card>
      }
    >
      <ActivityPanel />
    </Suspense>
  )
}

const ActivityPanel = lazy(async () => ({
  default: (await import('./activity-panel.tsx')).ActivityPanel,
}))
