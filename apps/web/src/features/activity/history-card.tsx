import type { MeterSlug } from '@tollgate/contract'
import { useState } from 'react'
import { Card } from '../../components/ui/card.tsx'
import { Choice } from '../../components/ui/choice.tsx'
import { Skeleton } from '../../components/ui/skeleton.tsx'
import { useCopy } from '../../copy/copy-context.tsx'
import type { DayUsage } from './daily-usage.ts'
import { HistoryChart } from './history-chart.tsx'

const METER_SLUGS = ['image_generations', 'ai_tokens', 'api_calls'] as const

/** Thirty days of one meter. */
export function HistoryCard(props: { daysOf: ((meter: MeterSlug) => readonly DayUsage[]) | null }) {
  const { daysOf } = props
  const { t } = useCopy()
  const [meter, setMeter] = useState<MeterSlug>('image_generations')
  return (
    <Card title={t.usage.history} lead={t.usage.historyLead}>
      <div className="grid gap-5">
        <Choice
          label={t.usage.filter}
          hideLabel
          value={meter}
          onChange={setMeter}
          options={METER_SLUGS.map((value) => ({ value, label: t.meter.name[value] }))}
        />
        <div className="min-h-52">
          {daysOf ? (
            <HistoryChart meter={meter} days={daysOf(meter)} />
          ) : (
            <Skeleton className="h-52 w-full" />
          )}
        </div>
      </div>
    </Card>
  )
}
