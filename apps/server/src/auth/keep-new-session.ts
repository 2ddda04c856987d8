import type { BetterAuthPlugin } from 'better-auth'
import { createAuthMiddleware } from 'better-auth/api'
import { parseSetCookieHeader, setSessionCookie } from 'better-auth/cookies'

/**
 * Leaves a browser the cookie of the session that it just began. Where it came with the cookie of a session that is gone, the library
 * removes that one after it has set the new one of the same name. Listed last, because the last cookie of a name counts.
 */
export function keepNewSession() {
  return {
    id: 'keep-new-session',
    hooks: {
      after: [
        {
          matcher: ({ path }) => path?.startsWith('/sign-in/') || path === '/sign-up/email',
          handler: createAuthMiddleware(async (ctx) => {
            const { newSession, responseHeaders, authCookies } = ctx.context
            const cookies = parseSetCookieHeader(responseHeaders?.get('set-cookie') ?? '')
            const isRemoved = cookies.get(authCookies.sessionToken.name)?.value === ''
            if (newSession && isRemoved) await setSessionCookie(ctx, newSession)
          }),
        },
      ],
    },
  } satisfies BetterAuthPlugin
}
