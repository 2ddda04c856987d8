import { catalog } from '@tollgate/contract/catalog'
import { useState } from 'react'
import { Card } from '../../components/card.tsx'
import { Choice } from '../../components/choice.tsx'
import { Skeleton } from '../../components/skeleton.tsx'
import { useTollgate } from '../../connection/tollgate-context.ts'
import { useCopy } from '../../copy/copy-context.tsx'
import type { DayUsage } from './daily-usage.ts'
import { HistoryChart } from './history-chart.tsx'

/** Thirty days of one meter; by default the catalog's first. */
export function HistoryCard(props: { daysOf: ((meter: string) => readonly DayUsage[]) | null }) {
  const { daysOf } = props
  const { t } = useCopy()
  const { balances } = useTollgate().useBalances()
  const [chosen, setChosen] = useState<string | null>(null)
  const meter = chosen ?? Object.keys(catalog.meters)[0]
  if (!meter) return null
  return (
    <Card
      title={t.usage.history}
      lead={t.usage.historyLead}
      aside={
        <div className="sm:min-w-md">
          <Choice
            label={t.usage.filter}
            hideLabel
            value={meter}
            onChange={setChosen}
            options={Object.keys(catalog.meters).map((value) => ({
              value,
              label: t.meter.name(value),
            }))}
          />
        </div>
      }
    >
      <div className="grid min-h-62">
        {daysOf ? (
          <HistoryChart
            meter={meter}
            days={daysOf(meter)}
            balance={balances?.find((one) => one.meter === meter) ?? null}
          />
        ) : (
          <Skeleton className="h-62 w-full" />
        )}
      </div>
    </Card>
  )
}
