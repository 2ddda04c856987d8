import type { AlertPreferences } from '@tollgate/contract'
import { trpc } from '../../connection/trpc.ts'
import { copy } from '../../copy.ts'

/** The customer's alert preferences. */
export function useAlertPreferences() {
  const utils = trpc.useUtils()
  const query = trpc.alerts.preferences.useQuery()
  const save = trpc.alerts.setPreferences.useMutation({
    onSuccess: (answer) => utils.alerts.preferences.setData(undefined, answer),
  })
  const known = query.data
  const sent = save.isPending ? save.variables : undefined
  return {
    /** The optimistic value, until the server has stored it. */
    preferences: known && {
      ...known,
      thresholds: sent?.thresholds ?? known.thresholds,
      email: sent?.email ?? known.email,
    },
    isPending: query.isPending,
    refetch: () => void query.refetch(),
    isFailed: save.isError,
    /** E-mails use the language of the last change. */
    change: (wanted: Partial<AlertPreferences>) =>
      save.mutate({ language: copy.language, ...wanted }),
  }
}
