import type { MiddlewareHandler } from 'hono'
import { secureHeaders } from 'hono/secure-headers'

/** The pages have policies of their own, which allow their styles. */
const PAGES = /^\/(?:console|checkout|add-payment-method)(?:\/|$)/

const forAnswers = secureHeaders({
  contentSecurityPolicy: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] },
  crossOriginResourcePolicy: 'same-origin',
  referrerPolicy: 'no-referrer',
  xFrameOptions: 'DENY',
})

/** Marks answers that are no pages: nothing in them is to be run, framed, guessed a type for or kept by a cache. */
export const apiHeaders: MiddlewareHandler = async function apiHeaders(context, next) {
  if (PAGES.test(context.req.path)) return next()
  await forAnswers(context, next)
  context.header('Cache-Control', 'no-store')
}
