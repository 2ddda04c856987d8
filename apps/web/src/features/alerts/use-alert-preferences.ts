import { type AlertThreshold, CRITICAL_PERCENT } from '@tollgate/contract'
import { trpc } from '../../connection/trpc.ts'

/** What the customer wants to be alerted of, and which prompts it closed; the server keeps both for all of its devices. */
export function useAlertPreferences() {
  const utils = trpc.useUtils()
  const query = trpc.alerts.preferences.useQuery()
  type Preferences = NonNullable<typeof query.data>
  const write = (change: Partial<Preferences>) =>
    utils.alerts.preferences.setData(undefined, (known) => known && { ...known, ...change })
  const onSuccess = (answer: Preferences) => write(answer)
  const onError = () => void utils.alerts.preferences.invalidate()
  const save = trpc.alerts.setPreferences.useMutation({
    onMutate: ({ thresholds }) => write({ thresholds }),
    onSuccess,
    onError,
  })
  const dismiss = trpc.alerts.dismissPrompt.useMutation({
    onMutate: ({ id }) =>
      write({ dismissedPrompts: [id, ...(query.data?.dismissedPrompts ?? [])] }),
    onSuccess,
    onError,
  })
  const thresholds = query.data?.thresholds
  return {
    thresholds,
    /** From which used share there are upgrade prompts; a critical balance always has one. */
    warnFrom: thresholds?.[0] ?? CRITICAL_PERCENT,
    /** Null while it is not known what was closed. */
    dismissed: query.isPending ? null : new Set(query.data?.dismissedPrompts),
    save: (chosen: AlertThreshold[]) => save.mutate({ thresholds: chosen }),
    isFailed: save.isError,
    dismissPrompt: (id: string) => dismiss.mutate({ id }),
  }
}
