import type { Balance } from '@tollgate/contract'
import { describeBalance } from '@tollgate/contract/copy'
import { Skeleton } from '../../components/skeleton.tsx'
import { useCopy } from '../../copy/copy-context.tsx'
import { BalanceMeter } from './balance-meter.tsx'
import { meterParts } from './meter-parts.ts'
import { StateBadge } from './state-badge.tsx'

/** One meter above the form that uses it: "9 of 10 image generations left". */
export function BalanceStrip(props: {
  meter: string
  balance: Balance | null | undefined
  pending?: number
}) {
  const { meter, balance, pending = 0 } = props
  const { t, f } = useCopy()
  return (
    <section
      aria-label={t.meter.name(meter)}
      aria-busy={balance === undefined}
      className="grid gap-2.5"
    >
      <div className="flex min-h-6 items-center justify-between gap-3">
        {balance === undefined ? (
          <Skeleton className="h-5 w-52" />
        ) : (
          <p
            data-testid="balance-text"
            className="min-w-0 text-[0.9375rem] font-medium tabular-nums"
          >
            {balance
              ? describeBalance({ ...balance, ...meterParts(balance, pending) }, { t, f })
              : t.meter.unknown}
          </p>
        )}
        {balance === undefined ? null : <StateBadge state={balance?.state ?? 'unknown'} />}
      </div>
      <div className="h-2.5">
        {balance && !balance.unlimited && balance.state !== 'unknown' ? (
          <BalanceMeter balance={balance} pending={pending} />
        ) : null}
      </div>
      <p className="flex min-h-5 justify-between gap-3 text-[0.8125rem] text-muted tabular-nums">
        {balance ? <Footnote balance={balance} pending={pending} /> : null}
      </p>
    </section>
  )
}

function Footnote(props: { balance: Balance; pending: number }) {
  const { balance, pending } = props
  const { t, f } = useCopy()
  const { held } = meterParts(balance, pending)
  return (
    <>
      <span title={balance.resetsAt ? f.dateTime(balance.resetsAt) : undefined}>
        {balance.resetsAt
          ? t.meter.resetsIn(f, balance.resetsAt, new Date(balance.asOf))
          : t.meter.neverResets}
      </span>
      {held > 0 ? <span title={t.meter.heldHint}>{t.meter.held(f, held)}</span> : null}
    </>
  )
}
