import { Choice } from '../../components/choice.tsx'
import { Field, INPUT_STYLE } from '../../components/field.tsx'
import { useCopy } from '../../copy/copy-context.tsx'
import { type LimitDraft, PERIODS } from './limit-draft.ts'

/** Fields for the meter, the amount and the period. */
export function LimitFields(props: {
  draft: LimitDraft
  meters: readonly string[]
  hint: string
  onChange: (draft: LimitDraft) => void
  /** Selects another meter. */
  onMeter: (meter: string) => void
}) {
  const { draft, meters, hint, onChange, onMeter } = props
  const { t, f } = useCopy()
  return (
    <>
      <Field label={t.limits.meter}>
        {({ id }) => (
          <select
            id={id}
            name="limit-meter"
            value={draft.meter}
            onChange={({ target }) => onMeter(target.value)}
            className={`${INPUT_STYLE} min-h-11`}
          >
            {meters.map((meter) => (
              <option key={meter} value={meter}>
                {t.meter.name(meter)}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field label={t.limits.amount(t.meter.units(f, draft.meter, 0))} hint={hint}>
        {(ids) => (
          <input
            {...ids}
            name="limit-amount"
            type="number"
            inputMode="numeric"
            min={0}
            step={1}
            value={draft.written}
            onChange={({ target }) => onChange({ ...draft, written: target.value })}
            className={`${INPUT_STYLE} max-w-40 tabular-nums`}
          />
        )}
      </Field>
      <Choice
        label={t.limits.period}
        value={draft.period}
        onChange={(period) => onChange({ ...draft, period })}
        options={PERIODS.map((value) => ({ value, label: t.limits.periods[value] }))}
      />
    </>
  )
}
