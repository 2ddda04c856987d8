import { trpc } from '../../connection/trpc.ts'

/** The customer's alerts; refetched when the server pushes a change. */
export function useAlerts() {
  const utils = trpc.useUtils()
  const query = trpc.alerts.list.useQuery()
  const onSuccess = (answer: NonNullable<typeof query.data>) =>
    utils.alerts.list.setData(undefined, answer)
  const { mutate: markRead } = trpc.alerts.markRead.useMutation({ onSuccess })
  const { mutate: dismiss } = trpc.alerts.dismiss.useMutation({ onSuccess })
  return { query, markRead, dismiss }
}
