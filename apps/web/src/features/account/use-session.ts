import { useMutation } from '@tanstack/react-query'
import { useLocation } from 'wouter'
import { useTollgate } from '../../connection/tollgate-context.ts'
import { authClient } from './auth-client.ts'
import { SignInRefusedError } from './use-sign-in.ts'

export type Person = {
  id: string
  customerId: string
  name: string
  email: string
  isGuest: boolean
  /** The organization that the user acts for; null for the personal account. */
  organizationId: string | null
}

/** The signed-in user; undefined while loading, null when signed out. */
export function useSession(): Person | null | undefined {
  const session = authClient.useSession()
  if (!session.data) return session.isPending ? undefined : null
  const { id, customerId, name, email, isAnonymous } = session.data.user
  const organizationId = session.data.session.activeOrganizationId ?? null
  return { id, customerId, name, email, isGuest: isAnonymous === true, organizationId }
}

/** Signs out and clears the cache; fails with the reason when the server refuses. */
export function useSignOut() {
  const { queryClient } = useTollgate()
  const [, navigate] = useLocation()
  return useMutation({
    mutationFn: async () => {
      const { error } = await authClient.signOut()
      if (error) throw new SignInRefusedError(error.code ?? null)
    },
    onSuccess() {
      // The next user starts on the home page, not on this account's page.
      navigate('/', { replace: true })
      queryClient.clear()
    },
    retry: false,
  })
}
