import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createAuthRequest } from './auth-request.ts'
import { createSessionApi } from './session-api.ts'
import { isActing, parseSession, payerOf } from './session.ts'

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
  answer = {
    status: 200,
    token: 'tok',
    body: { user: { id: 'u_1', customerId: 'cus_1', name: 'Guest' } },
  }
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

function apiAt(serverUrl: string) {
  return createSessionApi(createAuthRequest({ serverUrl, fetch }))
}

const credentials = { email: 'ann@example.org', password: 'longenough' }

describe('sign-in', () => {
  it('as a guest gives a session that survives being stored', async () => {
    const session = await apiAt(url).signInAsGuest()
    const acting = { userId: 'u_1', organizationId: null }
    const person = { customerId: 'cus_1', isGuest: true, name: 'Guest' }
    expect(session).toEqual({ token: 'tok', ...person, acting })
    expect(parseSession(JSON.stringify(session))).toEqual(session)
  })

  it('up from a guest’s session names the guest to the server, so that the balance stays', async () => {
    const api = apiAt(url)
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
    const api = apiAt(url)
    await api.signIn(credentials, await api.signInAsGuest())
    expect(received.at(-1)).toMatchObject({
      path: '/api/auth/sign-in/email',
      authorization: 'Bearer tok',
    })
  })

  it('says the server’s reason when it is refused, and which of the two when there is no server', async () => {
    const api = apiAt(url)
    answer = { status: 401, token: null, body: { message: 'Invalid email or password' } }
    await expect(api.signIn(credentials, null)).rejects.toMatchObject({
      code: 'refused',
      message: 'Invalid email or password',
    })
    stop()
    const nowhere = apiAt('http://127.0.0.1:9')
    await expect(nowhere.signIn(credentials, null)).rejects.toMatchObject({ code: 'offline' })
  })

  it('is refused when the answer carries no session', async () => {
    answer = { status: 200, token: null, body: {} }
    const api = apiAt(url)
    await expect(api.signInAsGuest()).rejects.toMatchObject({ code: 'refused' })
  })
})

describe('sign-out', () => {
  it('fails with the server’s reason when the guest owns something', async () => {
    const api = apiAt(url)
    const guest = await api.signInAsGuest()
    answer = { status: 409, token: null, body: { message: 'Create an account first.' } }
    await expect(api.signOut(guest)).rejects.toMatchObject({
      code: 'refused',
      message: 'Create an account first.',
    })
  })

  it('is done when the session is gone already', async () => {
    const api = apiAt(url)
    const guest = await api.signInAsGuest()
    answer = { status: 401, token: null, body: {} }
    await expect(api.signOut(guest)).resolves.toBeUndefined()
  })
})

describe('acting for an organization', () => {
  it('is asked for by the token alone, and refused with the server’s code', async () => {
    const api = apiAt(url)
    const session = await api.signInAsGuest()
    await api.changeActing(session, { path: 'set-active', body: { organizationId: 'org_1' } })
    expect(received.at(-1)).toEqual({
      path: '/api/auth/organization/set-active',
      authorization: 'Bearer tok',
      cookie: undefined,
    })
    answer = { status: 403, token: null, body: { code: 'NO_MEMBER', message: 'Not a member.' } }
    await expect(
      api.changeActing(session, { path: 'accept-invitation', body: { invitationId: 'inv_1' } }),
    ).rejects.toMatchObject({ reason: 'NO_MEMBER' })
  })

  it('is what the server says of the session, and nothing once the session is gone', async () => {
    const api = apiAt(url)
    const session = await api.signInAsGuest()
    const user = { id: 'u_1' }
    answer = { status: 200, token: null, body: { user, session: { activeOrganizationId: 'o_1' } } }
    expect(await api.readActing(session)).toEqual({ userId: 'u_1', organizationId: 'o_1' })
    answer = { status: 200, token: null, body: { user, session: { activeOrganizationId: null } } }
    expect(await api.readActing(session)).toEqual({ userId: 'u_1', organizationId: null })
    answer = { status: 200, token: null, body: {} }
    expect(await api.readActing(session)).toBeNull()
    answer = { status: 503, token: null, body: {} }
    await expect(api.readActing(session)).rejects.toMatchObject({ code: 'refused' })
  })
})

describe('a stored session', () => {
  it('pays from the organization that it acts for, and from its own account otherwise', async () => {
    const session = await apiAt(url).signInAsGuest()
    expect(payerOf(session)).toBe('cus_1')
    expect(payerOf({ ...session, acting: { userId: 'u_1', organizationId: 'o_1' } })).toBe('o_1')
  })

  it('does not know for whom it acts when it was stored in the middle of a switch', async () => {
    const session = await apiAt(url).signInAsGuest()
    const stored = parseSession(JSON.stringify({ ...session, acting: null }))
    expect(stored).toEqual({ ...session, acting: null })
    expect(stored && isActing(stored)).toBe(false)
    const { acting, ...older } = session
    expect(parseSession(JSON.stringify(older))).toEqual({ ...older, acting: null })
    expect(acting.userId).toBe('u_1')
  })

  it.each([null, '', 'no json', '{}', '{"token":1}'])('of another version is none: %s', (text) => {
    expect(parseSession(text)).toBeNull()
  })
})
