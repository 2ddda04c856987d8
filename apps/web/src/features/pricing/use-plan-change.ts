import { trpc } from '../../connection/trpc.ts'

/** Changes, cancels and resumes a plan; completes only after the new state has been fetched. */
export function usePlanChange() {
  const utils = trpc.useUtils()
  const readAgain = {
    async onSuccess() {
      await utils.client.billing.refresh.mutate()
      await utils.billing.invalidate()
    },
  }
  const preview = trpc.billing.previewPlanChange.useMutation()
  const change = trpc.billing.changePlan.useMutation(readAgain)
  const cancel = trpc.billing.cancelPlan.useMutation(readAgain)
  const keep = trpc.billing.keepPlan.useMutation(readAgain)
  return {
    preview,
    cancel,
    keep,
    change: {
      isPending: change.isPending,
      isError: change.isError,
      start: (priceSlug: string, onDone: () => void) =>
        change.mutate({ priceSlug }, { onSuccess: onDone }),
    },
    failed: change.isError || cancel.isError || keep.isError || preview.isError,
  }
}
