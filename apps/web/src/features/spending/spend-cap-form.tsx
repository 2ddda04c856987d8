import type { Offer, SpendCap } from '@tollgate/contract'
import { type SubmitEvent, useState } from 'react'
import { Button } from '../../components/button.tsx'
import { Field, INPUT_STYLE } from '../../components/field.tsx'
import { useCopy } from '../../copy/copy-context.tsx'
import { topUpFor } from './top-up-for.ts'

/** The cap of one meter: this month's use, and what a cap above the balance would cost. */
export function SpendCapForm(props: {
  meter: string
  cap: SpendCap | null
  /** The customer's credits of the meter in this period; null without a limit, or while unknown. */
  granted: number | null
  offers: readonly Offer[]
  loading: boolean
  pending: boolean
  onChange: (cap: number | null) => void
}) {
  const { meter, cap, granted, offers, loading, pending, onChange } = props
  const { t, f } = useCopy()
  const [written, setWritten] = useState(cap ? String(cap.cap) : '')
  const limit = Number(written)
  const isCap = written !== '' && Number.isSafeInteger(limit) && limit >= 0
  const beyond = isCap && granted !== null ? Math.max(0, limit - granted) : 0

  function submit(event: SubmitEvent): void {
    event.preventDefault()
    if (isCap && !pending) onChange(limit)
  }

  return (
    <form onSubmit={submit} className="grid gap-2">
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
              className={`${INPUT_STYLE} max-w-32 tabular-nums`}
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
      <output className="text-[0.8125rem] text-ink empty:hidden">{beyondText()}</output>
      <p className="text-[0.8125rem] text-muted">{t.spending.consent}</p>
    </form>
  )

  function beyondText(): string {
    if (beyond === 0 || granted === null) return ''
    const topUp = topUpFor({ meter, amount: beyond }, offers)
    const price = topUp ? ` ${t.spending.topUp(f, topUp)}` : ''
    return `${t.spending.beyond(t.cost.fixed(f, meter, beyond), f.number(granted))}${price}`
  }
}
