import { z } from 'zod'
import type { Auth } from './create-auth.ts'
import type { SignInLimits } from './create-sign-in-limits.ts'
import type { SignInRefusal } from './refuse-sign-in.ts'

/** Where an address is verified, and where the mail for it is asked for. */
export const VERIFICATION_PATHS = ['/send-verification-email', '/verify-email']

const payloadSchema = z.object({ userId: z.string() })

/**
 * Refuses to send or take a verification to anyone but the account itself; null for what the library may decide. Who registers
 * someone else's address must not have it verified by the one who reads its mail: a link alone, opened by a person or by a scanner
 * of mail, verifies nothing without a session of the account.
 */
export async function refuseVerification(asked: {
  auth: Auth
  limits: Pick<SignInLimits, 'verificationMail'>
  path: string
  request: Request
}): Promise<SignInRefusal | null> {
  const { auth, limits, path, request } = asked
  if (!VERIFICATION_PATHS.includes(path)) return null
  const { headers } = request
  const session = await auth.api.getSession({ headers, query: { disableRefresh: true } })
  if (!session) return { reason: 'sign_in_first' }
  const { id, emailVerified, isAnonymous } = session.user
  if (isAnonymous) return { reason: 'guest_without_address' }
  if (path === '/verify-email') {
    const userId = userIn(request)
    if (userId === null) return { reason: 'incomplete_link' }
    if (userId !== id) return { reason: 'other_account' }
  }
  if (emailVerified) return { reason: 'already_verified' }
  if (path === '/verify-email') return null
  const waitMs = await limits.verificationMail(id)
  return waitMs === null ? null : { reason: 'too_many', retryAfterMs: waitMs }
}

/** Whose address a token is about, as it says itself, null for none; the library verifies its signature before anything is done. */
function userIn(request: Request): string | null {
  const token = new URL(request.url).searchParams.get('token') ?? ''
  try {
    const payload = Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()
    return payloadSchema.parse(JSON.parse(payload)).userId
  } catch {
    return null
  }
}
