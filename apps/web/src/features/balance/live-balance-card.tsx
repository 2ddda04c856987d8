import type { ReactNode } from 'react'
import { useTollgate } from '../../connection/tollgate-context.ts'
import { projectRunOut } from '../history/project-run-out.ts'
import { BalanceCard } from './balance-card.tsx'
import { usePendingCredits } from './use-pending-credits.ts'

/** The card, kept current, with a projection from last week's pace. */
export function LiveBalanceCard(props: {
  meter: string
  /** Charged credits per UTC day; null while loading. */
  daily: ReadonlyMap<string, number> | null
  controls: ReactNode
}) {
  const { meter, daily, controls } = props
  const { balances, isPending } = useTollgate().useBalances()
  const balance = balances?.find((one) => one.meter === meter) ?? null
  const pending = usePendingCredits(meter)
  const runOut =
    balance && daily ? projectRunOut({ balance, daily, now: new Date(balance.asOf) }) : null
  return (
    <BalanceCard
      meter={meter}
      balance={isPending ? undefined : balance}
      pending={pending}
      runOut={runOut}
      controls={controls}
    />
  )
}
