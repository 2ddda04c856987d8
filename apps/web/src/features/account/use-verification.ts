import { useMutation, useQuery } from '@tanstack/react-query'
import { trpc } from '../../connection/trpc.ts'
import { authClient } from './auth-client.ts'
import { SignInRefusedError } from './use-sign-in.ts'

/** Verifies the address of the account by the token of a mailed link; fails with the reason when the server refuses. */
export function useVerification(token: string) {
  const utils = trpc.useUtils()
  return useQuery({
    queryKey: ['verify-address', token],
    async queryFn() {
      const { error } = await authClient.verifyEmail({ query: { token } })
      // The page of a link that already worked was opened again.
      if (error && error.code !== ALREADY_VERIFIED) throw refused(error)
      await utils.alerts.preferences.invalidate()
      return true
    },
    staleTime: Infinity,
    retry: false,
  })
}

/** Requests the verification mail. */
export function useVerificationMail() {
  const utils = trpc.useUtils()
  return useMutation({
    async mutationFn(email: string) {
      const { error } = await authClient.sendVerificationEmail({ email })
      if (!error) return
      // Verified in another window meanwhile.
      if (error.code === ALREADY_VERIFIED) return utils.alerts.preferences.invalidate()
      throw refused(error)
    },
    retry: false,
  })
}

const ALREADY_VERIFIED = 'ALREADY_VERIFIED'

function refused({ code, status }: { code?: string | undefined; status: number }) {
  return new SignInRefusedError(code ?? (status === 429 ? 'TOO_MANY_REQUESTS' : null))
}
