import { useMutation } from '@tanstack/react-query'
import { authClient } from './auth-client.ts'

type Credentials = { name: string; email: string; password: string }
export type SignIn =
  | { as: 'guest' }
  | { as: 'new'; credentials: Credentials }
  | { as: 'known'; credentials: Credentials }

/** Signs in; the session is refetched a moment later. */
export function useSignIn() {
  return useMutation({
    mutationFn: async (request: SignIn) => {
      const { error } = await signIn(request)
      if (error) throw new SignInRefusedError(error.code ?? null)
    },
    retry: false,
  })
}

/** Sign-in or sign-out was refused; `reason` is the server's code for why. */
export class SignInRefusedError extends Error {
  override readonly name = 'SignInRefusedError'
  readonly code = 'SIGN_IN_REFUSED'
  readonly reason: string | null

  constructor(reason: string | null) {
    super(`Sign-in was refused: ${reason ?? 'no reason given'}.`)
    this.reason = reason
  }
}

/** The server's error code, or null if it gave none. */
export function refusalReason(error: unknown): string | null {
  return error instanceof SignInRefusedError ? error.reason : null
}

function signIn(request: SignIn) {
  switch (request.as) {
    case 'guest':
      return authClient.signIn.anonymous()
    case 'new':
      return authClient.signUp.email(request.credentials)
    case 'known': {
      const { email, password } = request.credentials
      return authClient.signIn.email({ email, password })
    }
  }
}
