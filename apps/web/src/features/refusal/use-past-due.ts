import { trpc } from '../../connection/trpc.ts'

/** Whether the plan's last payment failed, which is why its credits are missing. */
export function usePastDue(): boolean {
  const plan = trpc.billing.plan.useQuery()
  return plan.data?.billing?.subscription?.status === 'past_due'
}
