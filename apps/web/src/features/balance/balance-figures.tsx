import type { Balance } from '@tollgate/contract'
import { describeBalance, meterParts } from '@tollgate/contract/copy'
import type { ReactNode } from 'react'
import { Skeleton } from '../../components/skeleton.tsx'
import { useCopy } from '../../copy/copy-context.tsx'
import { BalanceMeter } from './balance-meter.tsx'

/** A balance in figures: "1 of 10 images used · 10%", its bar, "9 left", when it resets. Keeps its height while it loads or is unknown. */
export function BalanceFigures(props: {
  /** Null if it cannot be read; undefined while it loads. */
  balance: Balance | null | undefined
  pending?: number
  /** What an even pace would have used by now, in percent. */
  pace?: number | null
  /** Shown beside what is left, where its appearance shifts nothing. */
  badge?: ReactNode
}) {
  const { balance, pending = 0, pace = null, badge } = props
  const { t, f } = useCopy()
  const known = balance && balance.state !== 'unknown' ? balance : null
  return (
    <div className="grid gap-2">
      <div className="min-h-6 text-[0.9375rem] font-medium tabular-nums">
        {balance === undefined ? (
          <Skeleton className="h-5 w-52" />
        ) : (
          <p data-testid="balance-text">
            {balance ? describeBalance(balance, { t, f }).used : t.meter.unknown}
          </p>
        )}
      </div>
      <div className="h-2.5">
        {known && !known.unlimited ? (
          <BalanceMeter balance={known} pending={pending} pace={pace} />
        ) : null}
      </div>
      <div className="grid min-h-12 content-start text-[0.8125rem] text-muted tabular-nums">
        <div className="flex min-h-6 flex-wrap items-center justify-between gap-x-3">
          {known ? <Left balance={known} pending={pending} /> : null}
          {badge}
        </div>
        {balance === undefined ? null : <When balance={known} />}
      </div>
    </div>
  )
}

function Left(props: { balance: Balance; pending: number }) {
  const { balance, pending } = props
  const { t, f } = useCopy()
  const { held, remaining } = meterParts(balance, pending)
  const { left } = describeBalance({ ...balance, remaining }, { t, f })
  return (
    <p>
      <span data-testid="balance-left" className="font-medium text-ink">
        {left}
      </span>
      {held > 0 && left !== null ? ' · ' : null}
      {held > 0 ? <span title={t.meter.heldHint}>{t.meter.held(f, held)}</span> : null}
    </p>
  )
}

/** When it resets, or why that is unknown. */
function When(props: { balance: Balance | null }) {
  const { balance } = props
  const { t, f } = useCopy()
  if (!balance) return <p>{t.meter.unknownHint}</p>
  const { resetsAt, asOf } = balance
  return (
    <p title={resetsAt ? f.dateTime(resetsAt) : undefined}>
      {resetsAt ? t.meter.resetsIn(f, resetsAt, new Date(asOf)) : t.meter.neverResets}
    </p>
  )
}
