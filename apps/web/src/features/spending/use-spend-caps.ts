import { trpc } from '../../connection/trpc.ts'

/** The customer's own monthly caps; the server enforces them. */
export function useSpendCaps() {
  const utils = trpc.useUtils()
  const caps = trpc.billing.spendCaps.useQuery()
  const change = trpc.billing.setSpendCap.useMutation({
    onSuccess: (answer) => utils.billing.spendCaps.setData(undefined, answer),
  })
  return { caps: caps.data?.caps, change }
}
