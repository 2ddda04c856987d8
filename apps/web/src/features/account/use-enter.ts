import { useMutation } from '@tanstack/react-query'
import { useTollgate } from '../../connection/tollgate-context.ts'
import { authClient } from './auth-client.ts'

type Credentials = { name: string; email: string; password: string }
export type Entry =
  | { as: 'guest' }
  | { as: 'new'; credentials: Credentials }
  | { as: 'known'; credentials: Credentials }

/** Lets somebody in; what was read for somebody else before is forgotten. */
export function useEnter() {
  const { queryClient } = useTollgate()
  return useMutation({
    mutationFn: async (entry: Entry) => {
      const { error } = await enter(entry)
      if (error) throw new EntryRefusedError(error.message ?? null)
    },
    onSuccess: () => queryClient.resetQueries(),
    retry: false,
  })
}

/** Sign-in was refused; `told` is the reason in words, if there was one. */
export class EntryRefusedError extends Error {
  override readonly name = 'EntryRefusedError'
  readonly code = 'ENTRY_REFUSED'
  readonly told: string | null

  constructor(told: string | null) {
    super(told ?? 'Sign-in was refused.')
    this.told = told
  }
}

function enter(entry: Entry) {
  switch (entry.as) {
    case 'guest':
      return authClient.signIn.anonymous()
    case 'new':
      return authClient.signUp.email(entry.credentials)
    case 'known': {
      const { email, password } = entry.credentials
      return authClient.signIn.email({ email, password })
    }
  }
}
