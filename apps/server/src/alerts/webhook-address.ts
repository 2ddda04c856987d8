import { isIP } from 'node:net'
import { isPublicAddress } from './is-public-address.ts'

/** The address that receives a customer's webhooks, or why it cannot be used. Host names are resolved and checked on every post. */
export function webhookAddressProblem(
  address: string,
  { isDevelopment }: { isDevelopment: boolean },
): string | null {
  if (!URL.canParse(address)) return 'is no URL; write it as https://host/path'
  const url = new URL(address)
  if (url.username || url.password) return 'has a user name or a password; leave them out'
  if (isDevelopment && url.protocol === 'http:') return null
  if (url.protocol !== 'https:') return 'is not reached by https; use an https:// address'
  if (isDevelopment) return null
  const host = hostOf(url)
  const isLocal = /(^|\.)(localhost|local|internal)$/.test(host.replace(/\.$/, ''))
  if (isLocal || (isIP(host) > 0 && !isPublicAddress(host))) {
    return 'is not public; use an address that is reachable from the Internet'
  }
  return null
}

/** Without the brackets of an IPv6 address. */
function hostOf({ hostname }: URL): string {
  return hostname.replace(/^\[(.*)\]$/, '$1')
}
