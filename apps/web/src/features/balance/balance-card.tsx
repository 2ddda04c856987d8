import type { Balance } from '@tollgate/contract'
import { describeBalance, meterParts } from '@tollgate/contract/copy'
import { Skeleton } from '../../components/skeleton.tsx'
import { useCopy } from '../../copy/copy-context.tsx'
import { BalanceMeter } from './balance-meter.tsx'
import { BalanceSources } from './balance-sources.tsx'
import { isIncluded } from './is-included.ts'
import { paceMark } from './pace-mark.ts'
import { StateBadge } from './state-badge.tsx'

/** One meter in full: the number that matters, the bar, when it renews, where the credits come from. */
export function BalanceCard(props: {
  meter: string
  /** Null while it cannot be read; undefined while it loads. */
  balance: Balance | null | undefined
  pending?: number
  projection?: { runsOutAt: string; daysBeforeReset: number } | null
}) {
  const { meter, balance, pending = 0, projection } = props
  const { t, f } = useCopy()
  const notIncluded = balance ? !isIncluded(balance) : false
  return (
    <section
      aria-label={t.meter.name(meter)}
      aria-busy={balance === undefined}
      className="flex min-w-0 flex-col rounded-card border border-line bg-surface p-5 shadow-card"
    >
      <header className="flex min-h-6 items-center justify-between gap-3">
        <h2 className="truncate text-sm font-medium text-muted">{t.meter.name(meter)}</h2>
        {balance === undefined || notIncluded ? null : (
          <StateBadge state={balance?.state ?? 'unknown'} />
        )}
      </header>
      {notIncluded ? (
        <p className="mt-2 min-h-[8.375rem] text-lg leading-10 font-medium">
          {t.meter.notIncluded}
        </p>
      ) : balance ? (
        <Standing balance={balance} pending={pending} />
      ) : (
        <Missing loading={balance === undefined} />
      )}
      {projection ? (
        <p className="mt-3 text-[0.8125rem] text-warn">
          {t.meter.runsOut(f, projection.runsOutAt, projection.daysBeforeReset)}
        </p>
      ) : null}
      {balance && !balance.unlimited ? <BalanceSources balance={balance} /> : null}
    </section>
  )
}

function Standing(props: { balance: Balance; pending: number }) {
  const { balance, pending } = props
  const { t, f } = useCopy()
  if (balance.state === 'unknown') return <Missing loading={false} />
  const { held, remaining } = meterParts(balance, pending)
  const { used, left } = describeBalance({ ...balance, remaining }, { t, f })
  const pace = paceMark(balance, new Date(balance.asOf))
  return (
    <>
      <p className="mt-2 text-[0.9375rem] leading-10 font-medium tabular-nums">{used}</p>
      <div className="mt-3 h-2.5">
        {balance.unlimited ? null : (
          <BalanceMeter balance={balance} pending={pending} pace={pace} />
        )}
      </div>
      <div className="mt-3 grid min-h-16 content-start gap-0.5 text-[0.8125rem] text-muted tabular-nums">
        {balance.unlimited ? null : (
          <p className="flex flex-wrap justify-between gap-x-3">
            <span className="font-medium text-ink">{left}</span>
            {held > 0 ? <span title={t.meter.heldHint}>{t.meter.held(f, held)}</span> : null}
          </p>
        )}
        <p title={balance.resetsAt ? f.dateTime(balance.resetsAt) : undefined}>
          {balance.resetsAt
            ? t.meter.resetsIn(f, balance.resetsAt, new Date(balance.asOf))
            : t.meter.neverResets}
        </p>
        {pace === null ? null : (
          <p className="flex items-center gap-1.5">
            <span aria-hidden className="h-2.5 w-0.5 bg-ink" />
            {t.meter.pace(f, Math.round((pace / 100) * balance.granted))}
          </p>
        )}
      </div>
    </>
  )
}

/** As tall as what will stand here. */
function Missing(props: { loading: boolean }) {
  const { t } = useCopy()
  if (props.loading) {
    return (
      <>
        <Skeleton className="mt-2 h-10 w-24" />
        <Skeleton className="mt-3 h-2.5 w-full rounded-full" />
        <Skeleton className="mt-3 h-16 w-40" />
        <span className="sr-only">{t.loading}</span>
      </>
    )
  }
  return (
    <div className="mt-2 min-h-[8.375rem]">
      <p className="text-lg leading-10 font-medium">{t.meter.unknown}</p>
      <p className="text-[0.8125rem] text-muted">{t.meter.unknownHint}</p>
    </div>
  )
}
