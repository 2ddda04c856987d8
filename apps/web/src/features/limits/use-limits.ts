import { type Outputs, trpc } from '../../connection/trpc.ts'

/** The limits that the user may see, and how to change them; the server enforces them. */
export function useLimits() {
  const utils = trpc.useUtils()
  const { data } = trpc.limits.list.useQuery()
  const onSuccess = async (answer: Outputs['limits']['list']): Promise<void> => {
    utils.limits.list.setData(undefined, answer)
    // Changing a member's limit closes the member's request for it.
    await utils.team.openRequests.invalidate()
  }
  const set = trpc.limits.set.useMutation({ onSuccess })
  const remove = trpc.limits.remove.useMutation({ onSuccess })
  return { limits: data?.limits, set, remove }
}
