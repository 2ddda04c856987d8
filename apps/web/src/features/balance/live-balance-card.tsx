import { useTollgate } from '../../connection/tollgate-context.ts'
import { BalanceCard } from './balance-card.tsx'
import { projectRunOut } from './project-run-out.ts'
import { usePendingCredits } from './use-pending-credits.ts'

/** The card, kept current, with what the pace of the last week means for it. */
export function LiveBalanceCard(props: {
  meter: string
  /** Charged credits per UTC day; null while that loads. */
  daily: ReadonlyMap<string, number> | null
}) {
  const { meter, daily } = props
  const { balances, isPending } = useTollgate().useBalances()
  const balance = balances?.find((one) => one.meter === meter) ?? null
  const pending = usePendingCredits(meter)
  const projection =
    balance && daily ? projectRunOut({ balance, daily, now: new Date(balance.asOf) }) : null
  return (
    <BalanceCard
      meter={meter}
      balance={isPending ? undefined : balance}
      pending={pending}
      projection={projection}
    />
  )
}
