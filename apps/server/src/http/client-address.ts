import { getConnInfo } from '@hono/node-server/conninfo'
import type { MiddlewareHandler } from 'hono'

/** Our own header with the caller's address; what a caller sends under this name is dropped. */
export const CLIENT_ADDRESS_HEADER = 'x-tollgate-client-address'

/**
 * Writes the caller's address into a header that nobody outside can set: the socket's, or, behind `trustedProxies` proxies, the
 * address that the outermost of them saw.
 */
export function clientAddress(options: { trustedProxies: number }): MiddlewareHandler {
  return async function clientAddress(c, next) {
    const forwarded = c.req.header('x-forwarded-for')?.split(',') ?? []
    const socketAddress = getConnInfo(c).remote.address ?? '0.0.0.0'
    const seen =
      options.trustedProxies > 0
        ? (forwarded.at(-options.trustedProxies)?.trim() ?? socketAddress)
        : socketAddress
    c.req.raw.headers.set(CLIENT_ADDRESS_HEADER, seen)
    await next()
  }
}
