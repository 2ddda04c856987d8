import type { Balance } from '@tollgate/contract'
import { useState } from 'react'
import { Button } from '../../components/button.tsx'
import { useCopy } from '../../copy/copy-context.tsx'
import { type DayUsage, dailyMap } from './daily-usage.ts'
import { HistoryPlot } from './history-plot.tsx'
import { HistoryTable } from './history-table.tsx'
import { type ProjectedDays, projectDays } from './project-days.ts'

/** Use per day and its projection at the week's pace, as a chart or as a table. */
export function HistoryChart(props: {
  meter: string
  days: readonly DayUsage[]
  balance: Balance | null
}) {
  const { meter, days, balance } = props
  const { t, f } = useCopy()
  const [asTable, setAsTable] = useState(false)
  const total = days.reduce((sum, { amount }) => sum + amount, 0)
  const projection =
    balance && balance.state !== 'unknown'
      ? projectDays({ balance, daily: dailyMap(days), now: new Date(balance.asOf) })
      : null
  if (total === 0) {
    return (
      <p className="grid place-items-center rounded-xl border border-dashed border-line p-6 text-center text-sm text-balance text-muted">
        {t.usage.historyEmpty}
      </p>
    )
  }
  return (
    <div className="grid gap-2">
      <div className="flex min-h-11 flex-wrap items-center justify-between gap-x-3">
        <p className="text-lg font-semibold tracking-tight tabular-nums">
          {t.usage.total(f, total, t.meter.units(f, meter, total))}
        </p>
        <Button look="quiet" aria-pressed={asTable} onClick={() => setAsTable(!asTable)}>
          {asTable ? t.usage.asChart : t.usage.asTable}
        </Button>
      </div>
      {asTable ? (
        <HistoryTable meter={meter} days={days} />
      ) : (
        <HistoryPlot meter={meter} days={days} projection={projection} />
      )}
      <Legend projection={projection} />
    </div>
  )
}

/** What the dashed bars mean, and when the balance runs out if that is before it resets. */
function Legend(props: { projection: ProjectedDays | null }) {
  const { projection } = props
  const { t, f } = useCopy()
  const runOut = projection?.runOut
  return (
    <p className="flex min-h-5 items-center gap-2 text-[0.8125rem] text-muted">
      {projection ? (
        <>
          <span
            aria-hidden
            className="size-3 shrink-0 border border-dashed border-accent bg-accent-soft"
          />
          <span className={runOut ? 'text-warn' : ''}>
            {runOut ? t.meter.runsOut(f, runOut.runsOutAt, runOut.daysBeforeReset) : t.usage.pace}
          </span>
        </>
      ) : null}
    </p>
  )
}
