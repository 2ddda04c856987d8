import { z } from 'zod'
import type { Auth } from './create-auth.ts'
import type { SignInLimits } from './create-sign-in-limits.ts'
import type { SignInRefusal } from './refuse-sign-in.ts'

/** The routes that verify an address and request the mail for it. */
export const VERIFICATION_PATHS = ['/send-verification-email', '/verify-email']

const payloadSchema = z.object({ userId: z.string() })

/**
 * Refuses to send a verification mail to, or verify an address for, anyone but the account itself; null to leave the decision to the
 * library. Otherwise a person who registers a foreign address could have it verified by its reader: opening the link, by hand or by a mail
 * scanner, verifies nothing without a session of the account.
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

/** The address that a token names, or null; the library verifies its signature before acting on it. */
function userIn(request: Request): string | null {
  const token = new URL(request.url).searchParams.get('token') ?? ''
  try {
    const payload = Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()
    return payloadSchema.parse(JSON.parse(payload)).userId
  } catch {
    return null
  }
}
