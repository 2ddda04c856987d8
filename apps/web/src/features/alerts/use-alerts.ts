import { trpc } from '../../connection/trpc.ts'

/** The customer's alerts; refetched when the server pushes a change. */
export function useAlerts() {
  const utils = trpc.useUtils()
  const query = trpc.alerts.list.useQuery()
  const onSuccess = (answer: NonNullable<typeof query.data>) =>
    utils.alerts.list.setData(undefined, answer)
  const read = trpc.alerts.markRead.useMutation({ onSuccess })
  const dismissal = trpc.alerts.dismiss.useMutation({ onSuccess })
  return {
    alerts: query.data?.alerts,
    unread: query.data?.unread ?? 0,
    isError: query.isError,
    markRead: (ids: string[]) => read.mutate({ ids }),
    dismiss: (id: string) => dismissal.mutate({ id }),
  }
}
