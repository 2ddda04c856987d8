import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { postAuth } from '../../fixtures/sign-in-account.ts'
import { type Guest, signInAsGuest } from '../../fixtures/guest.ts'
import { startTestServer } from '../../fixtures/start-test-server.ts'

let server: Awaited<ReturnType<typeof startTestServer>>
let guest: Guest
beforeAll(async () => {
  server = await startTestServer()
  guest = await signInAsGuest(server.url)
})
afterAll(() => server.close())

describe('the server', () => {
  it.each([
    'usage-events/create',
    'subscriptions/adjust',
    'subscriptions/create',
    'resources/claim',
    'customers/update',
    'customers/billing',
  ])('answers no route of a billing SDK: %s', async (route) => {
    for (const prefix of ['/api/flowglad', '/flowglad', '/api/v1']) {
      const answer = await fetch(`${server.url}${prefix}/${route}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${guest.token}`, 'content-type': 'application/json' },
        body: '{"transactionId":"mine","amount":1}',
      })
      expect([404, 405]).toContain(answer.status)
    }
  })

  it('refuses a body over the limit, announced or not', async () => {
    const headers = {
      authorization: `Bearer ${guest.token}`,
      'content-type': 'application/json',
      connection: 'close',
    }
    const body = JSON.stringify({ text: 'x'.repeat(1_100_000) })
    const streamed = new Blob([body]).stream()
    const announced = await fetch(`${server.url}/trpc/tools.qrCode`, {
      method: 'POST',
      headers,
      body,
    })
    expect(announced.status).toBe(413)
    const init = { method: 'POST', headers, body: streamed, duplex: 'half' as const }
    const chunked = await fetch(`${server.url}/trpc/tools.qrCode`, init).then(
      ({ status }) => status,
      () => 'hung up',
    )
    expect([413, 'hung up']).toContain(chunked)
  })

  it('lets no cache keep an answer about a customer', async () => {
    for (const path of ['/trpc/billing.balance', '/trpc/billing.plan', '/api/auth/get-session']) {
      const headers = { authorization: `Bearer ${guest.token}` }
      const answer = await fetch(`${server.url}${path}`, { headers })
      expect(answer.headers.get('cache-control'), path).toContain('no-store')
    }
  })

  it('counts a caller by its socket, whatever address it claims', async () => {
    const statuses: number[] = []
    for (let count = 0; count < 5; count++) {
      const address = `203.0.113.${count}`
      const answer = await fetch(`${server.url}/api/auth/sign-in/email`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'x-forwarded-for': address,
          'x-real-ip': address,
          forwarded: `for=${address}`,
          'cf-connecting-ip': address,
          'x-tollgate-client-address': address,
        },
        body: JSON.stringify({ email: `unknown-${count}@example.com`, password: 'a wrong guess' }),
      })
      statuses.push(answer.status)
    }
    expect(statuses).toEqual([401, 401, 401, 429, 429])
  })

  it('bounds the open streams of one customer', async () => {
    const closing = new AbortController()
    const open = () =>
      fetch(`${server.url}/trpc/billing.onBalance`, {
        headers: { authorization: `Bearer ${guest.token}` },
        signal: closing.signal,
      })
    const streams = await Promise.all(Array.from({ length: 9 }, open))
    const firsts = await Promise.all(streams.map((stream) => firstOf(stream)))
    expect(firsts.filter((text) => text.includes('rate_limited'))).toHaveLength(1)
    closing.abort()
  })

  it('says nothing about sessions to a caller without one', async () => {
    const answer = await fetch(`${server.url}/api/auth/get-session`)
    expect(await answer.text()).toBe('null')
    expect((await postAuth(server.url, 'revoke-other-sessions', {})).status).toBe(401)
  })
})

/** The first event of a stream. */
async function firstOf(stream: Response): Promise<string> {
  const reader = stream.body?.pipeThrough(new TextDecoderStream()).getReader()
  let text = ''
  while (!/"remaining"|"kind"/u.test(text)) {
    const chunk = await reader?.read()
    if (!chunk || chunk.done) break
    text += chunk.value
  }
  return text
}
