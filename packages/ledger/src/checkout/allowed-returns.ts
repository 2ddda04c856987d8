const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]'])

/** Creates the check of return URLs: the listed origins, or any loopback address when none are listed. */
export function allowedReturns(origins?: readonly string[]): (url: string) => boolean {
  const listed = origins && new Set(origins.map((origin) => originOf(origin)))
  return (url) => {
    const origin = originOf(url)
    if (origin === null) return false
    if (listed) return listed.has(origin)
    return isWeb(url) && LOOPBACK.has(new URL(url).hostname)
  }
}

/** Scheme and host; unlike `URL.origin` it also distinguishes custom schemes such as `tollgate://`. */
function originOf(text: string): string | null {
  if (!URL.canParse(text)) return null
  const url = new URL(text)
  // A `javascript:` URL would run in our own page.
  if (['javascript:', 'data:', 'vbscript:', 'blob:', 'file:'].includes(url.protocol)) return null
  return isWeb(text) ? `${url.protocol}//${url.host}` : url.protocol
}

function isWeb(url: string): boolean {
  return ['http:', 'https:'].includes(new URL(url).protocol)
}
