import type { IncomingMessage } from 'node:http'

/** Our own header with the caller's address; what a caller sends under this name is dropped. */
export const CLIENT_ADDRESS_HEADER = 'x-tollgate-client-address'

/** The caller's address: the socket's, or, behind `trustedProxies` proxies, the one that the outermost of them saw. */
export function clientAddress(
  incoming: IncomingMessage,
  options: { trustedProxies: number },
): string {
  const socketAddress = incoming.socket.remoteAddress ?? '0.0.0.0'
  if (options.trustedProxies === 0) return socketAddress
  const forwarded = String(incoming.headers['x-forwarded-for'] ?? '').split(',')
  return forwarded.at(-options.trustedProxies)?.trim() || socketAddress
}
