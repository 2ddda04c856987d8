import type { BetterAuthPlugin } from 'better-auth'
import { createAuthMiddleware } from 'better-auth/api'
import { parseSetCookieHeader, setSessionCookie } from 'better-auth/cookies'

/**
 * Keeps the cookie of a session that a browser just began: if the request carried the cookie of an ended session, the library removes that
 * cookie after setting the new one of the same name. Put last, because the last cookie of a name wins.
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
