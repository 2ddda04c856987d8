import type { Balance } from '@tollgate/contract'
import type { ReactNode } from 'react'
import { useCopy } from '../../copy/copy-context.tsx'
import { BalanceFigures } from './balance-figures.tsx'
import { BalanceSources } from './balance-sources.tsx'
import { isIncluded } from './is-included.ts'
import { paceMark } from './pace-mark.ts'
import { StateBadge } from './state-badge.tsx'

/** One meter in full: its figures, pace, sources, and the customer's settings. */
export function BalanceCard(props: {
  meter: string
  /** Null if it cannot be read; undefined while it loads. */
  balance: Balance | null | undefined
  pending?: number
  runOut?: { runsOutAt: string; daysBeforeReset: number } | null
  /** The customer's own cap and warning. */
  controls?: ReactNode
}) {
  const { meter, balance, pending = 0, runOut, controls } = props
  const { t, f } = useCopy()
  const notIncluded = balance ? !isIncluded(balance) : false
  const pace = balance && !notIncluded ? paceMark(balance, new Date(balance.asOf)) : null
  return (
    <section
      aria-label={t.meter.name(meter)}
      aria-busy={balance === undefined}
      className="flex min-w-0 flex-col gap-2 rounded-card border border-line bg-surface px-5 pt-4 shadow-card"
    >
      <header className="flex min-h-6 items-center justify-between gap-3">
        <h2 className="truncate text-sm font-medium text-muted">{t.meter.name(meter)}</h2>
        {balance === undefined || notIncluded ? null : (
          <StateBadge state={balance?.state ?? 'unknown'} />
        )}
      </header>
      <BalanceFigures balance={balance} pending={pending} pace={pace} />
      <div className="mb-1 grid gap-1 text-[0.8125rem] text-muted tabular-nums empty:hidden">
        {pace === null || !balance ? null : (
          <p className="flex items-center gap-1.5">
            <span aria-hidden className="h-2.5 w-0.5 bg-ink" />
            {t.meter.pace(f, Math.round((pace / 100) * balance.granted))}
          </p>
        )}
        {runOut ? (
          <p className="text-warn">
            {t.meter.runsOut(f, runOut.runsOutAt, runOut.daysBeforeReset)}
          </p>
        ) : null}
        {balance && balance.overage > 0 ? <p>{t.meter.overageText}</p> : null}
      </div>
      {balance && !balance.unlimited ? <BalanceSources balance={balance} /> : null}
      {controls ? <div className="-mx-5 mt-auto border-t border-line">{controls}</div> : null}
    </section>
  )
}
