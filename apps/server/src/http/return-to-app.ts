import { Hono } from 'hono'
import { errorResponse } from './error-response.ts'

/**
 * The last step of a checkout that an app opened. Payment pages return only to web addresses, so they return here, and are redirected to
 * the app. Only listed app addresses are allowed, or this would be an open redirect.
 */
export function returnToApp(allowedUrls: readonly string[]): Hono {
  return new Hono().get(RETURN_TO_APP_PATH, (c) => {
    const to = c.req.query('to')
    if (to === undefined || !allowedUrls.includes(to)) {
      return errorResponse('bad_request', { message: NOT_LISTED })
    }
    const url = new URL(to)
    const outcome = c.req.query('checkout')
    if (outcome === 'success' || outcome === 'cancelled') url.searchParams.set('checkout', outcome)
    return c.redirect(url.href, 303)
  })
}

const RETURN_TO_APP_PATH = '/return-to-app'

const NOT_LISTED = 'This address is not one of our apps. List it in APP_RETURN_URLS.'
