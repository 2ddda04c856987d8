import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createSessionApi } from './session-api.ts'
import { parseSession } from './session.ts'

type ReceivedRequest = {
  path: string | undefined
  authorization: string | undefined
  cookie: string | undefined
}

let received: ReceivedRequest[]
let answer: { status: number; token: string | null; body: object }
let url: string
let stop: () => void
beforeEach(async () => {
  received = []
  answer = { status: 200, token: 'tok', body: { user: { customerId: 'cus_1', name: 'Guest' } } }
  const server = createServer((request: IncomingMessage, response) => {
    const { authorization, cookie } = request.headers
    received.push({ path: request.url, authorization, cookie })
    if (answer.token) response.setHeader('set-auth-token', answer.token)
    response.setHeader('set-cookie', 'session=1')
    response.writeHead(answer.status, { 'content-type': 'application/json' })
    response.end(JSON.stringify(answer.body))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('No free port was given.')
  url = `http://127.0.0.1:${address.port}`
  stop = () => server.close()
})
afterEach(() => stop())

const credentials = { email: 'ann@example.org', password: 'longenough' }

describe('sign-in', () => {
  it('as a guest gives a session that survives being stored', async () => {
    const session = await createSessionApi({ serverUrl: url, fetch }).signInAsGuest()
    expect(session).toEqual({ token: 'tok', customerId: 'cus_1', isGuest: true, name: 'Guest' })
    expect(parseSession(JSON.stringify(session))).toEqual(session)
  })

  it('up from a guest’s session names the guest to the server, so that the balance stays', async () => {
    const api = createSessionApi({ serverUrl: url, fetch })
    const guest = await api.signInAsGuest()
    const account = await api.signUp(credentials, guest)
    expect(account.isGuest).toBe(false)
    expect(received.map(({ path, authorization }) => [path, authorization])).toEqual([
      ['/api/auth/sign-in/anonymous', undefined],
      ['/api/auth/sign-up/email', 'Bearer tok'],
    ])
    expect(received.every(({ cookie }) => cookie === undefined)).toBe(true)
  })

  it('in from a guest’s session names the guest to the server, so that nothing bought is lost', async () => {
    const api = createSessionApi({ serverUrl: url, fetch })
    await api.signIn(credentials, await api.signInAsGuest())
    expect(received.at(-1)).toMatchObject({
      path: '/api/auth/sign-in/email',
      authorization: 'Bearer tok',
    })
  })

  it('says the server’s reason when it is refused, and which of the two when there is no server', async () => {
    const api = createSessionApi({ serverUrl: url, fetch })
    answer = { status: 401, token: null, body: { message: 'Invalid email or password' } }
    await expect(api.signIn(credentials, null)).rejects.toMatchObject({
      code: 'refused',
      message: 'Invalid email or password',
    })
    stop()
    const nowhere = createSessionApi({ serverUrl: 'http://127.0.0.1:9', fetch })
    await expect(nowhere.signIn(credentials, null)).rejects.toMatchObject({ code: 'offline' })
  })

  it('is refused when the answer carries no session', async () => {
    answer = { status: 200, token: null, body: {} }
    const api = createSessionApi({ serverUrl: url, fetch })
    await expect(api.signInAsGuest()).rejects.toMatchObject({ code: 'refused' })
  })
})

describe('sign-out', () => {
  it('fails with the server’s reason when the guest owns something', async () => {
    const api = createSessionApi({ serverUrl: url, fetch })
    const guest = await api.signInAsGuest()
    answer = { status: 409, token: null, body: { message: 'Create an account first.' } }
    await expect(api.signOut(guest)).rejects.toMatchObject({
      code: 'refused',
      message: 'Create an account first.',
    })
  })

  it('is done when the session is gone already', async () => {
    const api = createSessionApi({ serverUrl: url, fetch })
    const guest = await api.signInAsGuest()
    answer = { status: 401, token: null, body: {} }
    await expect(api.signOut(guest)).resolves.toBeUndefined()
  })
})

describe('a stored session', () => {
  it.each([null, '', 'no json', '{}', '{"token":1}'])('of another version is none: %s', (text) => {
    expect(parseSession(text)).toBeNull()
  })
})
