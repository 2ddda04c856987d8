import { CUSTOMER_TEXT_MAX } from '@tollgate/contract'
import { getIP } from 'better-auth/api'
import { z } from 'zod'
import type { Auth } from './create-auth.ts'
import type { CallerReader } from './create-caller-reader.ts'
import type { SignInLimits } from './create-sign-in-limits.ts'
import { ORGANIZATION_PATHS, refuseOrganization } from './refuse-organization.ts'
import { refuseVerification, VERIFICATION_PATHS } from './refuse-verification.ts'
import { type Guest, guestOf } from './guest-of.ts'
import type { GuestPurchases } from './guest-purchases.ts'
import type { GuestTakeovers } from './guest-takeovers.ts'
import { fieldTooLong, refuseSignIn } from './refuse-sign-in.ts'
import { removeToken } from './remove-token.ts'
import { resolveGuestPurchases } from './resolve-guest-purchases.ts'

const BASE_PATH = '/api/auth'

/** The routes our clients use. All others of the library are disabled, and write nothing. */
const SERVED = new Set([
  '/get-session',
  '/sign-in/anonymous',
  '/sign-in/email',
  '/sign-up/email',
  '/sign-out',
  '/change-password',
  '/revoke-sessions',
  '/revoke-other-sessions',
  ...VERIFICATION_PATHS,
  ...ORGANIZATION_PATHS,
])
const MAKES_CUSTOMER = new Set(['/sign-in/anonymous', '/sign-up/email', '/organization/create'])
/** Routes that end a session, change the customer it acts for, or turn a guest's customer into an account's. */
const CHANGES_CALLERS = new Set([
  '/sign-up/email',
  '/sign-out',
  '/change-password',
  '/revoke-sessions',
  '/revoke-other-sessions',
  ...ORGANIZATION_PATHS,
])
const INVITES = '/organization/invite-member'
/** A guest has one session; after any of these routes its customer would be left without a user. */
const ENDS_GUEST = new Set(['/sign-in/email', '/sign-out', '/revoke-sessions'])

const credentialsSchema = z.object({ email: z.string() })
const signedInSchema = z.object({ user: z.object({ id: z.string() }) })
const personSchema = z.object({ name: z.unknown(), email: z.unknown() })

/** Serves the sign-in routes, with limits per account and per address. A customer with purchases never loses its last user. */
export function createAuthHandler(options: {
  auth: Auth
  callers: CallerReader
  purchases: GuestPurchases
  takeovers: GuestTakeovers
  limits: SignInLimits
}): (request: Request) => Promise<Response> {
  const { auth, callers, purchases, takeovers, limits } = options

  return async function handleAuth(request) {
    allowNodeFetch(request.headers)
    const path = new URL(request.url).pathname.slice(BASE_PATH.length)
    if (!SERVED.has(path)) return refuseSignIn({ reason: 'not_found' })
    const unverifiable = await refuseVerification({ auth, limits, path, request })
    if (unverifiable) return refuseSignIn(unverifiable)
    if (request.method !== 'POST') return answer(request, await auth.handler(request))

    const body = await bodyOf(request)
    const field = longField(body)
    if (field !== undefined) return refuseSignIn(fieldTooLong(field))
    const forbidden = await refuseOrganization({ path, body, guest: () => guestBehind(request) })
    if (forbidden) return refuseSignIn(forbidden)
    const email = path === '/sign-in/email' ? emailIn(body) : null
    const waitMs =
      path === INVITES
        ? await countInvitation(request, emailIn(body))
        : await countAttempt({ path, request, email })
    if (waitMs !== null) return refuseSignIn({ reason: 'too_many', retryAfterMs: waitMs })
    const guest = ENDS_GUEST.has(path) ? await guestBehind(request) : null
    const refusal = guest && (await resolveGuestPurchases({ auth, purchases, guest, request }))
    if (refusal) return refuseSignIn(refusal)
    const response = await auth.handler(request)
    if (email !== null) await recordOutcome(email, response.status)
    if (path === '/sign-in/email' && response.ok && guest) await takeOver(guest, response)
    // The database notifies other servers, possibly after the next request of this caller.
    if (guest || CHANGES_CALLERS.has(path)) callers.clear()
    return answer(request, response)
  }

  async function countAttempt(attempt: { path: string; request: Request; email: string | null }) {
    if (attempt.email !== null) return limits.attempt(attempt.email)
    if (!MAKES_CUSTOMER.has(attempt.path)) return null
    return limits.newCustomer(getIP(attempt.request, auth.options) ?? 'unknown')
  }

  /** Counts for signed-in users only, so that a stranger cannot use up a member's limit. */
  async function countInvitation({ headers }: Request, email: string | null) {
    const session = await auth.api.getSession({ headers, query: { disableRefresh: true } })
    return session && email !== null ? limits.invitation({ by: session.user.id, email }) : null
  }

  async function guestBehind({ headers }: Request): Promise<Guest | null> {
    return guestOf(await auth.api.getSession({ headers, query: { disableRefresh: true } }))
  }

  /** An attempt that was blocked before its password was checked does not count against the account. */
  async function recordOutcome(email: string, status: number): Promise<void> {
    if (status === 200) await limits.succeeded(email)
    if (status === 429) await limits.takeBack(email)
  }

  /** Ends the guest; the account that signed in may fetch the guest's results. */
  async function takeOver(guest: Guest, response: Response): Promise<void> {
    const { user } = signedInSchema.parse(await response.clone().json())
    await takeovers.record({ guest: guest.customer.customerId, userId: user.id })
    const { internalAdapter } = await auth.$context
    await internalAdapter.deleteUser(guest.userId)
  }
}

/**
 * Node's fetch sends `Sec-Fetch-Mode` but no `Origin`, which the library takes for a browser that hides its origin. A request without a
 * cookie and without `Sec-Fetch-Site` comes from no page.
 */
function allowNodeFetch(headers: Headers): void {
  const ofPage = ['origin', 'referer', 'cookie', 'sec-fetch-site'].some((name) => headers.has(name))
  if (!ofPage) headers.delete('sec-fetch-mode')
}

/** Reads a copy: the library reads the body itself, and rejects one that is not JSON. */
async function bodyOf(request: Request): Promise<unknown> {
  return request
    .clone()
    .json()
    .catch(() => null)
}

/** A longer name or address would make an account that the billing backend rejects. */
function longField(body: unknown): string | undefined {
  const texts = Object.entries(personSchema.safeParse(body).data ?? {})
  const isTooLong = (text: unknown) => typeof text === 'string' && text.length > CUSTOMER_TEXT_MAX
  return texts.find(([, text]) => isTooLong(text))?.[0]
}

function emailIn(body: unknown): string | null {
  const credentials = credentialsSchema.safeParse(body)
  return credentials.success ? credentials.data.email : null
}

/** The library's response, with `Retry-After` where it asks to wait, and without the token where a page could read it. */
async function answer(request: Request, response: Response): Promise<Response> {
  const { status } = response
  const headers = new Headers(response.headers)
  const retryAfter = headers.get('x-retry-after')
  if (retryAfter) headers.set('Retry-After', retryAfter)
  headers.delete('x-retry-after')
  if (isPageOfOurs(request)) headers.delete('set-auth-token')
  headers.delete('content-length')
  return new Response(removeToken(await response.text()), { status, headers })
}

/** Pages sign in with an HttpOnly cookie; phones and scripts with a token. */
function isPageOfOurs(request: Request): boolean {
  return request.headers.has('cookie') || request.headers.get('sec-fetch-site') === 'same-origin'
}
