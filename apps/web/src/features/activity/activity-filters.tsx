import { catalog } from '@tollgate/contract/catalog'
import { useCopy } from '../../copy/copy-context.tsx'
import { type ActivityFilter, PERIODS, SHOWS } from './activity-filter.ts'

const ALL = 'all'

/** Filters by meter, kind of line and time span. */
export function ActivityFilters(props: {
  value: ActivityFilter
  onChange: (filter: ActivityFilter) => void
}) {
  const { value, onChange } = props
  const { t } = useCopy()
  return (
    <>
      <Select
        label={t.usage.filter}
        value={value.meter ?? ALL}
        options={[ALL, ...Object.keys(catalog.meters)]}
        nameOf={(meter) => (meter === ALL ? t.usage.everyMeter : t.meter.name(meter))}
        onChange={(meter) => onChange({ ...value, meter: meter === ALL ? null : meter })}
      />
      <Select
        label={t.usage.show}
        value={value.show}
        options={SHOWS}
        nameOf={(show) => t.usage.shows[show]}
        onChange={(show) => onChange({ ...value, show })}
      />
      <Select
        label={t.usage.period}
        value={value.period}
        options={PERIODS}
        nameOf={(period) => t.usage.periods[period]}
        onChange={(period) => onChange({ ...value, period })}
      />
    </>
  )
}

function Select<Value extends string>(props: {
  label: string
  value: Value
  options: readonly Value[]
  nameOf: (value: Value) => string
  onChange: (value: Value) => void
}) {
  const { label, value, options, nameOf, onChange } = props
  return (
    <select
      aria-label={label}
      value={value}
      onChange={({ target }) => {
        const chosen = options[target.selectedIndex]
        if (chosen !== undefined) onChange(chosen)
      }}
      className="min-h-11 max-w-full rounded-control border border-line bg-surface px-3 text-sm shadow-card"
    >
      {options.map((option) => (
        <option key={option} value={option}>
          {nameOf(option)}
        </option>
      ))}
    </select>
  )
}
