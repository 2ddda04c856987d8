import { useCopy } from '../../copy/copy-context.tsx'
import { axisTicks } from './axis-ticks.ts'
import type { DayUsage } from './daily-usage.ts'
import type { ProjectedDays } from './project-days.ts'
import { useDayCursor } from './use-day-cursor.ts'

/** Units of the drawing, which is stretched to the available size. */
const DAY_WIDTH = 10
const HEIGHT = 100

/** A day of the chart; `projected` is the total at the week's pace. */
type Day = DayUsage & { projected: number | null }

/** Bars per day over an axis with gridlines; every day can be inspected by mouse, touch and keyboard. */
export function HistoryPlot(props: {
  meter: string
  days: readonly DayUsage[]
  projection: ProjectedDays | null
}) {
  const { meter, days, projection } = props
  const { t, f } = useCopy()
  const slots = withProjection(days, projection)
  const today = days.length - 1
  const { index, pointer, range } = useDayCursor({ count: slots.length, today })
  const ticks = axisTicks(
    Math.max(...slots.map(({ amount, projected }) => Math.max(amount, projected ?? 0))),
  )
  const top = ticks.at(-1) ?? 1
  const textOf = (day: Day | undefined) => (day ? describeDay(day) : '')

  return (
    <div className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-2 text-xs text-muted tabular-nums">
      <AxisLabels ticks={ticks} />
      <div
        data-testid="plot"
        className="relative h-36 touch-pan-y rounded-sm has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent"
        {...pointer}
      >
        <input
          type="range"
          aria-label={`${t.meter.name(meter)}, ${t.usage.historyLead}`}
          aria-valuetext={textOf(slots[index ?? today])}
          className="pointer-events-none absolute inset-0 size-full opacity-0"
          {...range}
        />
        {ticks.map((tick) => (
          <span
            key={tick}
            className="absolute inset-x-0 border-t border-line"
            style={{ bottom: `${(tick / top) * 100}%` }}
          />
        ))}
        <Bars slots={slots} top={top} index={index} />
        {index === null ? null : (
          <Tooltip text={textOf(slots[index])} at={(index + 0.5) / slots.length} />
        )}
      </div>
      <DayLabels slots={slots} />
    </div>
  )

  function describeDay({ day, amount, projected }: Day): string {
    const date = f.weekday(`${day}T12:00:00Z`)
    const isAhead = amount === 0 && projected !== null
    const used = t.cost.fixed(f, meter, isAhead ? projected : amount)
    return isAhead ? t.usage.projectedDay(date, used) : `${date}: ${used}`
  }
}

function withProjection(days: readonly DayUsage[], projection: ProjectedDays | null): Day[] {
  const today = days.length - 1
  return [
    ...days.map((day, index) => ({
      ...day,
      projected: index === today && projection ? projection.today : null,
    })),
    ...(projection?.ahead ?? []).map(({ day, amount }) => ({ day, amount: 0, projected: amount })),
  ]
}

function Bars(props: { slots: readonly Day[]; top: number; index: number | null }) {
  const { slots, top, index } = props
  const width = slots.length * DAY_WIDTH
  return (
    <svg
      aria-hidden
      viewBox={`0 0 ${width} ${HEIGHT}`}
      preserveAspectRatio="none"
      className="absolute inset-0 size-full overflow-visible"
    >
      {slots.map(({ day, amount, projected }, slot) => {
        const x = slot * DAY_WIDTH
        const height = (amount / top) * HEIGHT
        const outline = projected === null ? 0 : (projected / top) * HEIGHT
        return (
          <g key={day}>
            {slot === index ? (
              <rect x={x} y={0} width={DAY_WIDTH} height={HEIGHT} className="fill-ink/8" />
            ) : null}
            {outline > height ? (
              <rect
                data-part="projected"
                x={x + 1.5}
                y={HEIGHT - outline}
                width={DAY_WIDTH - 3}
                height={outline}
                vectorEffect="non-scaling-stroke"
                strokeDasharray="3 3"
                className="fill-accent-soft stroke-accent"
              />
            ) : null}
            {amount > 0 ? (
              <rect
                data-part="day"
                x={x + 1.5}
                y={HEIGHT - height}
                width={DAY_WIDTH - 3}
                height={height}
                className="fill-accent"
              />
            ) : null}
          </g>
        )
      })}
    </svg>
  )
}

function AxisLabels(props: { ticks: readonly number[] }) {
  const { ticks } = props
  const { f } = useCopy()
  const top = ticks.at(-1) ?? 1
  return (
    <div aria-hidden className="relative h-36">
      {/* As wide as the longest label; the others overlay it. */}
      <span className="invisible">{f.number(top)}</span>
      {ticks.map((tick) => (
        <span
          key={tick}
          className="absolute right-0 translate-y-1/2 leading-none"
          style={{ bottom: `${(tick / top) * 100}%` }}
        >
          {f.number(tick)}
        </span>
      ))}
    </div>
  )
}

function DayLabels(props: { slots: readonly Day[] }) {
  const { slots } = props
  const { f } = useCopy()
  const edges = [slots[0], slots[Math.floor(slots.length / 2)], slots.at(-1)]
  return (
    <div aria-hidden className="col-start-2 mt-1.5 flex justify-between">
      {edges.map((edge) =>
        edge ? <span key={edge.day}>{f.date(`${edge.day}T12:00:00Z`)}</span> : null,
      )}
    </div>
  )
}

/** Above the selected day, and always within the chart. */
function Tooltip(props: { text: string; at: number }) {
  return (
    <span
      data-testid="day"
      aria-hidden
      className="pointer-events-none absolute -top-1 z-10 -translate-x-1/2 -translate-y-full rounded-control bg-ink px-2.5 py-1.5 text-xs whitespace-nowrap text-surface shadow-float"
      style={{ left: `clamp(5.5rem, ${props.at * 100}%, calc(100% - 5.5rem))` }}
    >
      {props.text}
    </span>
  )
}
