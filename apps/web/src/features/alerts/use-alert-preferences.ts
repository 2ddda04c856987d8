import { type AlertPreferences, CRITICAL_PERCENT } from '@tollgate/contract'
import { trpc } from '../../connection/trpc.ts'
import { chosenLocale } from '../../copy/locale.ts'

/** The customer's alert preferences and closed prompts, which the server stores for all devices. */
export function useAlertPreferences() {
  const utils = trpc.useUtils()
  const query = trpc.alerts.preferences.useQuery()
  type Preferences = NonNullable<typeof query.data>
  const write = (change: Partial<Preferences>) =>
    utils.alerts.preferences.setData(undefined, (known) => known && { ...known, ...change })
  const onSuccess = (answer: Preferences) => write(answer)
  const save = trpc.alerts.setPreferences.useMutation({ onSuccess })
  const dismiss = trpc.alerts.dismissPrompt.useMutation({
    onMutate: ({ id }) =>
      write({ dismissedPrompts: [id, ...(query.data?.dismissedPrompts ?? [])] }),
    onSuccess,
    onError: () => void utils.alerts.preferences.invalidate(),
  })
  return {
    preferences: query.data,
    /** The used share from which upgrade prompts appear; a critical balance always has one. */
    warnFrom: query.data?.thresholds[0] ?? CRITICAL_PERCENT,
    /** Null while it is unknown what was closed. */
    dismissed: query.isPending ? null : new Set(query.data?.dismissedPrompts),
    /** E-mails use the language of the last change. */
    save: (change: Partial<AlertPreferences>, onError: () => void) =>
      save.mutate({ language: chosenLocale(), ...change }, { onError }),
    isSaving: save.isPending,
    isFailed: save.isError,
    dismissPrompt: (id: string) => dismiss.mutate({ id }),
  }
}
