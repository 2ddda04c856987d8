import { useCopy } from '../../copy/copy-context.tsx'
import type { DayUsage } from './daily-usage.ts'

/** The numbers of the chart, newest first. */
export function HistoryTable(props: { meter: string; days: readonly DayUsage[] }) {
  const { t, f } = useCopy()
  return (
    <div className="overflow-hidden rounded-lg border border-line">
      <table className="w-full text-sm tabular-nums">
        <thead className="bg-sunken text-left text-[0.8125rem] text-muted">
          <tr className="h-9">
            <th scope="col" className="px-4 font-medium">
              {t.usage.day}
            </th>
            <th scope="col" className="px-4 text-right font-medium">
              {t.meter.name(props.meter)}
            </th>
          </tr>
        </thead>
        <tbody>
          {props.days.toReversed().map(({ day, amount }) => (
            <tr key={day} className="h-9 border-t border-line">
              <td className="px-4">{f.weekday(`${day}T12:00:00Z`)}</td>
              <td className="px-4 text-right">{f.number(amount)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
