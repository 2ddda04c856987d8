import type { IncomingMessage } from 'node:http'
import type { RequestEnv } from '@tollgate/http'
import type { MiddlewareHandler } from 'hono'

/** Our own header for the caller's address; a caller's header of this name is dropped. */
export const CLIENT_ADDRESS_HEADER = 'x-tollgate-client-address'

/** Writes the caller's address into our own header, for limits per address. */
export function nameClientAddress(options: {
  trustedProxies: number
}): MiddlewareHandler<{ Bindings: RequestEnv }> {
  return async function nameClientAddress(c, next) {
    c.req.raw.headers.set(CLIENT_ADDRESS_HEADER, clientAddress(c.env.incoming, options))
    return next()
  }
}

/** The caller's address: the socket's or, behind `trustedProxies` proxies, the one that the outermost of them saw. */
function clientAddress(incoming: IncomingMessage, options: { trustedProxies: number }): string {
  const socketAddress = incoming.socket.remoteAddress ?? '0.0.0.0'
  if (options.trustedProxies === 0) return socketAddress
  const forwarded = String(incoming.headers['x-forwarded-for'] ?? '').split(',')
  return forwarded.at(-options.trustedProxies)?.trim() || socketAddress
}
