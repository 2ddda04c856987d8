/** The path of an address on our own origin; the server writes whole addresses for clients that have none. */
export function localPath(url: string): string {
  const { pathname, search, hash } = new URL(url, location.origin)
  return pathname + search + hash
}
