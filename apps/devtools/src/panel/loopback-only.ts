import { getConnInfo } from '@hono/node-server/conninfo'
import type { Context, MiddlewareHandler } from 'hono'

const LOOPBACK_NAMES = new Set(['localhost', '127.0.0.1', '[::1]'])
const LOOPBACK_ADDRESS = /^(::1|(::ffff:)?127(\.\d{1,3}){3})$/
const FORWARDED = ['forwarded', 'x-forwarded-for', 'x-real-ip']

/**
 * The panel acts as any customer, so only pages of this machine may use it: the connection must come from loopback and not through a proxy,
 * the host name must be loopback (anything else is DNS rebinding), and requests that change something must come from the panel itself.
 */
export function loopbackOnly(): MiddlewareHandler {
  return async function loopbackOnly(c, next) {
    if (isFromThisMachine(c) && isOwnPage(c)) return next()
    return c.json({ error: 'The dev panel serves its own page on this machine only.' }, 403)
  }
}

/** Checks the connection itself, because a caller can send any host name. */
function isFromThisMachine(c: Context): boolean {
  const address = getConnInfo(c).remote.address ?? ''
  return LOOPBACK_ADDRESS.test(address) && FORWARDED.every((name) => !c.req.header(name))
}

function isOwnPage(c: Context): boolean {
  const url = new URL(c.req.url)
  const origin = c.req.header('origin')
  if (!LOOPBACK_NAMES.has(url.hostname)) return false
  if (origin !== undefined && origin !== url.origin) return false
  const json = c.req.header('content-type')?.startsWith('application/json') ?? false
  return c.req.method !== 'POST' || (origin !== undefined && json)
}
