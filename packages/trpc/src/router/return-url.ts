import { TRPCError } from '@trpc/server'

/** Where a checkout comes back to: a path on our own origin and nothing else, or the backend's page would send people anywhere. */
export function returnUrl(
  publicUrl: string,
  returnTo: string,
  outcome: 'success' | 'cancelled',
): string {
  const url = isPath(returnTo) ? new URL(returnTo, publicUrl) : null
  // "/..//evil" has one slash until the dots are gone: read without our origin, two of them name another host.
  if (url?.origin !== new URL(publicUrl).origin || url.pathname.startsWith('//')) {
    throw new TRPCError({
      code: 'BAD_REQUEST',
      message: 'returnTo must be a path on this site that begins with one "/", such as "/images".',
    })
  }
  url.searchParams.set('checkout', outcome)
  return url.href
}

/** One leading slash, and none of what browsers read as a second one or drop before they parse. */
function isPath(value: string): boolean {
  return /^\/(?!\/)[^\\\p{Cc}]*$/u.test(value)
}
