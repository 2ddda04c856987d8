import { useBalance } from '@tollgate/client/react'
import { BalanceStrip } from './balance-strip.tsx'
import { usePendingCredits } from './use-pending-credits.ts'

/** The strip, kept current. */
export function LiveBalanceStrip(props: { meter: string }) {
  const { meter } = props
  const { balance, isPending } = useBalance(meter)
  const pending = usePendingCredits(meter)
  return <BalanceStrip meter={meter} balance={isPending ? undefined : balance} pending={pending} />
}
