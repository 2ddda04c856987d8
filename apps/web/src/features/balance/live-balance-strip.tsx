import type { AppRouter } from '@tollgate/api'
import type { MeterOf } from '@tollgate/client'
import { useTollgate } from '../../connection/tollgate-context.ts'
import { BalanceStrip } from './balance-strip.tsx'
import { usePendingCredits } from './use-pending-credits.ts'

/** The strip, kept current. */
export function LiveBalanceStrip(props: { meter: MeterOf<AppRouter> }) {
  const { meter } = props
  const { balance, isPending } = useTollgate().useBalance(meter)
  const pending = usePendingCredits(meter)
  return <BalanceStrip meter={meter} balance={isPending ? undefined : balance} pending={pending} />
}
