import type { SpendCap } from '@tollgate/contract'
import { type SubmitEvent, useState } from 'react'
import { Button } from '../../components/button.tsx'
import { Field, INPUT_STYLE } from '../../components/field.tsx'
import { useCopy } from '../../copy/copy-context.tsx'

/** The cap of one meter, and how far this month is. */
export function SpendCapForm(props: {
  meter: string
  cap: SpendCap | null
  loading: boolean
  pending: boolean
  onChange: (cap: number | null) => void
}) {
  const { meter, cap, loading, pending, onChange } = props
  const { t, f } = useCopy()
  const [written, setWritten] = useState(cap ? String(cap.cap) : '')
  const limit = Number(written)
  const isCap = written !== '' && Number.isSafeInteger(limit) && limit >= 0

  function submit(event: SubmitEvent): void {
    event.preventDefault()
    if (isCap && !pending) onChange(limit)
  }

  return (
    <form onSubmit={submit}>
      <Field
        label={t.spending.label(t.meter.name(meter))}
        hint={cap ? t.spending.spent(f, cap) : loading ? '\u00a0' : t.spending.none}
      >
        {(ids) => (
          <div className="flex flex-wrap gap-2">
            <input
              {...ids}
              name={`cap-${meter}`}
              type="number"
              inputMode="numeric"
              min={0}
              step={1}
              value={written}
              onChange={(event) => setWritten(event.target.value)}
              className={`${INPUT_STYLE} max-w-40 tabular-nums`}
            />
            <Button type="submit" pending={pending} blocked={!isCap || limit === cap?.cap}>
              {cap ? t.spending.change : t.spending.set}
            </Button>
            {cap ? (
              <Button look="quiet" pending={pending} onClick={() => onChange(null)}>
                {t.spending.remove}
              </Button>
            ) : null}
          </div>
        )}
      </Field>
    </form>
  )
}
