import type { MiddlewareHandler } from 'hono'
import { secureHeaders } from 'hono/secure-headers'

/** Pages have policies of their own, which allow their styles. */
const PAGES = /^\/(?:console|checkout|add-payment-method)(?:\/|$)/

const forAnswers = secureHeaders({
  contentSecurityPolicy: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] },
  crossOriginResourcePolicy: 'same-origin',
  referrerPolicy: 'no-referrer',
  xFrameOptions: 'DENY',
})

/** Sets the security headers of responses that are not pages: no scripts, framing, type sniffing or caching. */
export const apiHeaders: MiddlewareHandler = async function apiHeaders(context, next) {
  if (PAGES.test(context.req.path)) return next()
  await forAnswers(context, next)
  context.header('Cache-Control', 'no-store')
}
