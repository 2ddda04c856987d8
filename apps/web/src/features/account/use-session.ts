import { useMutation } from '@tanstack/react-query'
import { useLocation } from 'wouter'
import { useTollgate } from '../../connection/tollgate-context.ts'
import { authClient } from './auth-client.ts'
import { EntryRefusedError } from './use-enter.ts'

export type Person = {
  id: string
  customerId: string
  name: string
  email: string
  isGuest: boolean
}

/** Who sits in front of the screen: undefined while that is asked, null when nobody is signed in. */
export function useSession(): Person | null | undefined {
  const session = authClient.useSession()
  if (!session.data) return session.isPending ? undefined : null
  const { id, customerId, name, email, isAnonymous } = session.data.user
  return { id, customerId, name, email, isGuest: isAnonymous === true }
}

/** Signs out and forgets what was read for this person; fails with the reason when the server refuses. */
export function useSignOut() {
  const { queryClient } = useTollgate()
  const [, navigate] = useLocation()
  return useMutation({
    mutationFn: async () => {
      const { error } = await authClient.signOut()
      if (error) throw new EntryRefusedError(error.message ?? null)
    },
    onSuccess() {
      // Nobody begins on the account page, least of all the next person.
      navigate('/', { replace: true })
      queryClient.clear()
    },
    retry: false,
  })
}
