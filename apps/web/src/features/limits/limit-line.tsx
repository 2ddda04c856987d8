import { balanceState, type SpendLimit } from '@tollgate/contract'
import { describeBalance } from '@tollgate/contract/copy'
import type { ReactNode } from 'react'
import { useCopy } from '../../copy/copy-context.tsx'
import { BalanceMeter } from '../balance/balance-meter.tsx'

/** The state of a limit: how much is used, its bar, what is left and when it resets. */
export function LimitLine(props: {
  limit: SpendLimit
  /** The subject's name. */
  name: string
  /** Actions on it. */
  action: ReactNode
}) {
  const { limit, name, action } = props
  const { t, f } = useCopy()
  const { meter, amount, resetsAt } = limit
  const standing = standingOf(limit)
  const { used, left } = describeBalance(standing, { t, f })
  const resets = resetsAt ? t.limits.resets(f, resetsAt) : t.limits.inAll
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-3">
      <div className="grid min-w-0 flex-1 basis-56 gap-1.5 text-[0.8125rem] tabular-nums">
        <p className="text-sm">
          {amount === 0 ? t.limits.nothing(t.meter.units(f, meter, 0)) : used}
        </p>
        {amount === 0 ? null : (
          <BalanceMeter balance={standing} label={`${name}: ${t.meter.name(meter)}`} />
        )}
        <p className="text-muted">{amount === 0 ? resets : `${left} · ${resets}`}</p>
      </div>
      {action}
    </div>
  )
}

/** A limit in the form that the bar of a balance takes. */
function standingOf({ meter, amount, spent, left, resetsAt }: SpendLimit) {
  const standing = { granted: amount, used: spent, remaining: left, overage: 0, unlimited: false }
  return {
    ...standing,
    meter,
    held: Math.max(0, amount - spent - left),
    state: balanceState(standing),
    resetsAt,
    breakdown: [],
  }
}
