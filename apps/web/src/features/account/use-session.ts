import { useTollgate } from '@tollgate/client/react'
import { authClient } from './auth-client.ts'

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

/** Signs out and forgets what was read for this person. */
export function useSignOut(): () => Promise<void> {
  const { queryClient } = useTollgate()
  return async () => {
    await authClient.signOut()
    queryClient.clear()
  }
}
