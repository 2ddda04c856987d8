import type { Balance } from '@tollgate/contract'
import { useCopy } from '../../copy/copy-context.tsx'
import { BalanceFigures } from './balance-figures.tsx'
import { StateBadge } from './state-badge.tsx'

/** One meter above the form that uses it. */
export function BalanceStrip(props: {
  meter: string
  balance: Balance | null | undefined
  pending?: number
}) {
  const { meter, balance, pending = 0 } = props
  const { t } = useCopy()
  return (
    <section aria-label={t.meter.name(meter)} aria-busy={balance === undefined}>
      <BalanceFigures
        balance={balance}
        pending={pending}
        badge={balance === undefined ? null : <StateBadge state={balance?.state ?? 'unknown'} />}
      />
    </section>
  )
}
