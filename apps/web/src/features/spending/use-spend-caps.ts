import { trpc } from '../../connection/trpc.ts'

/** What this person allows itself to spend per month; the server keeps to it. */
export function useSpendCaps() {
  const utils = trpc.useUtils()
  const caps = trpc.billing.spendCaps.useQuery()
  const change = trpc.billing.setSpendCap.useMutation({
    onSuccess: (answer) => utils.billing.spendCaps.setData(undefined, answer),
  })
  return { caps: caps.data?.caps, change }
}
