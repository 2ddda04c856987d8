import { TRPCError } from '@trpc/server'

/** Where a checkout returns to: only a path on our own origin, or the backend's page would be an open redirect. */
export function returnUrl(
  publicUrl: string,
  returnTo: string,
  outcome: 'success' | 'cancelled',
): string {
  const url = isPath(returnTo) ? new URL(returnTo, publicUrl) : null
  // "/..//evil" has a single leading slash until the dots are resolved; then "//evil" would name another host.
  if (url?.origin !== new URL(publicUrl).origin || url.pathname.startsWith('//')) {
    throw new TRPCError({
      code: 'BAD_REQUEST',
      message: 'returnTo must be a path on this site that begins with one "/", such as "/images".',
    })
  }
  url.searchParams.set('checkout', outcome)
  return url.href
}

/** One leading slash, and no characters that browsers treat as a second one or strip before parsing. */
function isPath(value: string): boolean {
  return /^\/(?!\/)[^\\\p{Cc}]*$/u.test(value)
}
