import type { Balance } from '@tollgate/client'
import { useTollgate } from '../../connection/tollgate-context.ts'
import { trpc } from '../../connection/trpc.ts'
import { openStudio } from '../billing/open-studio.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Words } from '../../ui/words.tsx'
import { copy } from '../../copy.ts'

const { t, f } = copy

/** From 80 % a hint on the screen that spends the meter; from 90 % a prompt to upgrade, where this app may offer one. */
export function LowBalance({ meter }: { meter: string }) {
  const { balances } = useTollgate().useBalances()
  const plan = trpc.billing.plan.useQuery()
  const balance = balances?.find((one) => one.meter === meter)
  const text = balance && balance.granted > 0 ? textOf(balance) : null
  if (!balance || text === null) return null
  const isHint = balance.state === 'warning'
  const isFree = plan.data?.billing?.subscription?.isFree ?? false
  return (
    <Card>
      <Words tone={isHint ? 'warning' : 'danger'}>{text}</Words>
      {plan.data?.mayBuy ? (
        <Button
          label={isFree ? t.lowBalance.upgrade : t.actions.plans}
          kind={isHint ? 'plain' : 'primary'}
          onPress={() => void openStudio('/plans')}
        />
      ) : null}
    </Card>
  )
}

function textOf(balance: Balance): string | null {
  const { meter, state, granted, remaining, overage, percentUsed, resetsAt } = balance
  switch (state) {
    case 'warning':
      return t.lowBalance.warning(f, percentUsed ?? 0, t.meter.units(f, meter, granted))
    case 'critical':
      return t.lowBalance.critical(f, remaining, t.meter.units(f, meter, remaining))
    case 'exhausted':
      return t.lowBalance.exhausted(f, t.meter.units(f, meter, 0), resetsAt)
    case 'overage':
      return t.lowBalance.overage(f, overage, t.meter.units(f, meter, overage))
    case 'ok':
    case 'unlimited':
    case 'unknown':
      return null
  }
}
