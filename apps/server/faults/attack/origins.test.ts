import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { signInAsGuest } from '../../fixtures/guest.ts'
import { startTestServer } from '../../fixtures/start-test-server.ts'

let server: Awaited<ReturnType<typeof startTestServer>>
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.close())

describe('a page of another origin', () => {
  const origins = ['https://evil.example', 'null', `${'http://127.0.0.1'}.evil.example`]

  it.each(origins)('%s is not let read answers', async (origin) => {
    const answer = await fetch(`${server.url}/trpc/billing.catalog`, { headers: { origin } })
    expect(answer.headers.get('access-control-allow-origin')).toBeNull()
  })

  it.each([...origins, 'http://localhost:9', 'https://127.0.0.1'])(
    '%s cannot post with our cookie',
    async (origin) => {
      const headers = { cookie: await cookieOf(), origin }
      const answer = await fetch(`${server.url}/trpc/tools.qrCode`, {
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/json' },
        body: '{"text":"a"}',
      })
      expect(answer.status).toBe(403)
    },
  )

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'])(
    'cannot post %s, which needs no permission',
    async (type) => {
      const { token } = await signInAsGuest(server.url)
      const answer = await fetch(`${server.url}/trpc/tools.qrCode`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': type },
        body: '{"text":"a"}',
      })
      expect([400, 403, 415]).toContain(answer.status)
    },
  )
})

async function cookieOf(): Promise<string> {
  const answer = await fetch(`${server.url}/api/auth/sign-in/anonymous`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{}',
  })
  return answer.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ')
}
