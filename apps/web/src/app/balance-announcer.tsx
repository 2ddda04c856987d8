import type { Balance } from '@tollgate/contract'
import { trpc } from '../connection/trpc.ts'
import { useCopy } from '../copy/copy-context.tsx'
import { isIncluded } from '../features/balance/is-included.ts'

/** Announces to screen readers when a balance crosses a threshold: once per crossing, not per click. */
export function BalanceAnnouncer() {
  const { t } = useCopy()
  const { data } = trpc.billing.balance.useQuery()
  const low = data?.balances.filter(isLow) ?? []
  return (
    <p className="sr-only" aria-live="polite">
      {low.map(({ meter, state }) => `${t.meter.name(meter)}: ${t.meter.state[state]}. `).join('')}
    </p>
  )
}

function isLow(balance: Balance): boolean {
  switch (balance.state) {
    case 'warning':
    case 'critical':
    case 'exhausted':
    case 'overage':
      return isIncluded(balance)
    case 'ok':
    case 'unlimited':
    case 'unknown':
      return false
  }
}
