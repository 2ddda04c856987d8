import { useLocation } from 'wouter'
import { useTollgate } from '../../connection/tollgate-context.ts'
import { trpc } from '../../connection/trpc.ts'
import { authClient } from '../account/auth-client.ts'
import { ACCOUNT_DELETED } from '../account/deleted-notice.tsx'
import { announceSwitch } from '../team/switch-signal.ts'
import { TEAM_DELETED_PAGE } from './team-deleted.ts'

/** Deletes the account and returns to the landing page; after deleting a team, returns to the personal account. */
export function useDeleteAccount({ organizationId }: { organizationId: string | null }) {
  const { queryClient } = useTollgate()
  const utils = trpc.useUtils()
  const [, navigate] = useLocation()
  return trpc.account.delete.useMutation({
    async onSuccess(deletion) {
      if (deletion.blockedBy !== null) {
        utils.account.deletion.setData(undefined, deletion)
        return
      }
      if (organizationId !== null) {
        announceSwitch()
        location.replace(TEAM_DELETED_PAGE)
        return
      }
      // The session ended with the account; this removes its cookie and notifies the other windows.
      await authClient.signOut()
      navigate('/', { replace: true, state: ACCOUNT_DELETED })
      queryClient.clear()
    },
    retry: false,
  })
}
