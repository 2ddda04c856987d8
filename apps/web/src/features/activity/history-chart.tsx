import { useState } from 'react'
import { Button } from '../../components/button.tsx'
import { useCopy } from '../../copy/copy-context.tsx'
import type { DayUsage } from './daily-usage.ts'

const BAR = { width: 7, gap: 3, height: 120 }

/** What was used per day, as bars, or as the same numbers in a table. */
export function HistoryChart(props: { meter: string; days: readonly DayUsage[] }) {
  const { meter, days } = props
  const { t, f } = useCopy()
  const [asTable, setAsTable] = useState(false)
  const total = days.reduce((sum, { amount }) => sum + amount, 0)
  if (total === 0) {
    return (
      <p className="grid min-h-52 place-items-center rounded-xl border border-dashed border-line p-6 text-center text-sm text-balance text-muted">
        {t.usage.historyEmpty}
      </p>
    )
  }
  return (
    <div className="grid gap-3">
      <div className="flex items-baseline justify-between gap-3">
        <p className="text-xl font-semibold tracking-tight tabular-nums">
          {t.usage.total(f, total, t.meter.units(f, meter, total))}
        </p>
        <Button look="quiet" aria-pressed={asTable} onClick={() => setAsTable(!asTable)}>
          {asTable ? t.usage.asChart : t.usage.asTable}
        </Button>
      </div>
      {asTable ? <HistoryTable meter={meter} days={days} /> : <Bars meter={meter} days={days} />}
    </div>
  )
}

function Bars(props: { meter: string; days: readonly DayUsage[] }) {
  const { days, meter } = props
  const { t, f } = useCopy()
  const most = Math.max(...days.map(({ amount }) => amount))
  const width = days.length * (BAR.width + BAR.gap) - BAR.gap
  return (
    <figure aria-label={`${t.meter.name(meter)}, ${t.usage.historyLead}`}>
      <svg
        viewBox={`0 0 ${width} ${BAR.height}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={t.usage.history}
        className="h-36 w-full overflow-visible"
      >
        {days.map(({ day, amount }, index) => {
          const height = Math.max(1.5, (amount / most) * BAR.height)
          return (
            <rect
              key={day}
              x={index * (BAR.width + BAR.gap)}
              y={BAR.height - height}
              width={BAR.width}
              height={height}
              rx={1}
              className={amount > 0 ? 'fill-accent' : 'fill-line'}
            >
              <title>{`${f.date(`${day}T12:00:00Z`)}: ${f.number(amount)}`}</title>
            </rect>
          )
        })}
      </svg>
      <div aria-hidden className="mt-2 flex justify-between text-xs text-muted tabular-nums">
        {[days[0], days[Math.floor(days.length / 2)], days.at(-1)].map((edge) =>
          edge ? <span key={edge.day}>{f.date(`${edge.day}T12:00:00Z`)}</span> : null,
        )}
      </div>
    </figure>
  )
}

function HistoryTable(props: { meter: string; days: readonly DayUsage[] }) {
  const { t, f } = useCopy()
  return (
    <div className="overflow-hidden rounded-lg border border-line">
      <table className="w-full text-sm tabular-nums">
        <thead className="bg-sunken text-left text-[0.8125rem] text-muted">
          <tr>
            <th scope="col" className="px-4 py-2 font-medium">
              {t.usage.day}
            </th>
            <th scope="col" className="px-4 py-2 text-right font-medium">
              {t.meter.name(props.meter)}
            </th>
          </tr>
        </thead>
        <tbody>
          {props.days.toReversed().map(({ day, amount }) => (
            <tr key={day} className="border-t border-line">
              <td className="px-4 py-1.5">{f.weekday(`${day}T12:00:00Z`)}</td>
              <td className="px-4 py-1.5 text-right">{f.number(amount)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
