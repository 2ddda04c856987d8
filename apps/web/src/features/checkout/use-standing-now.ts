import { trpc } from '../../connection/trpc.ts'
import type { PendingCheckout } from './pending-checkout.ts'

/** The customer's cached balance and plan before it leaves for a hosted page. */
export function useStandingNow(): () => Pick<PendingCheckout, 'planSlug' | 'granted'> {
  const utils = trpc.useUtils()
  return () => {
    const balances = utils.billing.balance.getData()?.balances ?? []
    return {
      planSlug: utils.billing.plan.getData()?.billing?.subscription?.planSlug ?? null,
      granted: Object.fromEntries(balances.map(({ meter, granted }) => [meter, granted])),
    }
  }
}
