import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { signInAsGuest } from '../fixtures/guest.ts'
import { startTestServer } from '../fixtures/start-test-server.ts'

let server: Awaited<ReturnType<typeof startTestServer>>
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server?.close())

describe('the page of HTTP in the documentation', () => {
  const page = readFileSync(new URL('../../docs/reference/http.md', import.meta.url), 'utf8')
  const documented = [...page.matchAll(/^\| `([A-Z]+) (\/[^`]*)`/gm)].map(
    ([, method = '', path = '']) => ({ method, path }),
  )

  it('has every route of the server, and no other', () => {
    // Middleware in front of a route is not a route.
    const isGuard = ({ method, path }: Route) =>
      method === 'ALL' &&
      (['/*', '*'].includes(path) ||
        server.routes.some((other) => other.method !== 'ALL' && other.path === path))
    const routes = server.routes.filter((route) => !isGuard(route))
    const unknown = routes.filter((route) => !documented.some((known) => covers(known, route)))
    expect(unknown).toEqual([])
    const gone = documented.filter((known) => !server.routes.some((route) => covers(known, route)))
    expect(gone).toEqual([])
  })

  it('has every header that a billed call, its repetition and refusals are answered with', async () => {
    const guest = await signInAsGuest(server.url)
    const key = `op_${randomUUID()}`
    const input = { text: 'https://example.com' }
    const answers = [
      await guest.call('tools.qrCode', input, key),
      await guest.call('tools.qrCode', input, key),
      await guest.call('tools.qrCode', { text: 'another' }, key),
      await guest.call('tools.qrCode', input, 'short'),
      await guest.read('billing.catalog'),
    ]
    const sent = new Set(answers.flatMap(({ headers }) => [...headers.keys()]))
    const unknown = [...sent].filter(
      (header) =>
        !SECURITY_AND_TRANSPORT.test(header) && !page.toLowerCase().includes(`\`${header}\``),
    )
    expect(unknown).toEqual([])
  })
})

/** Headers that every server sends; the page covers them in one sentence. */
const SECURITY_AND_TRANSPORT =
  /^(?:content-|date$|connection$|keep-alive$|transfer-encoding$|vary$|etag$|cache-control$|cross-origin-|origin-agent-cluster$|permissions-policy$|referrer-policy$|strict-transport-security$|x-content-type-options$|x-dns-prefetch-control$|x-download-options$|x-frame-options$|x-permitted-cross-domain-policies$|x-xss-protection$)/u

type Route = { method: string; path: string }

function covers(known: Route, route: Route): boolean {
  if (known.method !== 'ALL' && known.method !== route.method) return false
  const isPrefix = known.path.endsWith('/*') && known.path !== '/*'
  return known.path === route.path || (isPrefix && route.path.startsWith(known.path.slice(0, -1)))
}
