import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { enter, newCredentials, postAuth } from '../../fixtures/sign-in-account.ts'
import { guestWith, signInAsGuest } from '../../fixtures/guest.ts'
import { startTestServer } from '../../fixtures/start-test-server.ts'

let server: Awaited<ReturnType<typeof startTestServer>>
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.close())

describe('a session', () => {
  it('is a new one after signing in, so that a planted one is worth nothing', async () => {
    const person = newCredentials()
    await enter(server.url, 'sign-up/email', person)
    const planted = await signInAsGuest(server.url)
    const account = await enter(server.url, 'sign-in/email', person, planted)
    expect(account.token).not.toBe(planted.token)
    expect((await planted.read('billing.balance')).status).toBe(401)
  })

  it('is over when its owner signs out', async () => {
    const account = await enter(server.url, 'sign-up/email', newCredentials())
    await postAuth(server.url, 'sign-out', {}, account)
    expect((await account.read('billing.balance')).status).toBe(401)
  })

  it('elsewhere is over when the password changes', async () => {
    const person = newCredentials()
    const stolen = await enter(server.url, 'sign-up/email', person)
    const own = await enter(server.url, 'sign-in/email', person)
    const change = {
      currentPassword: person.password,
      newPassword: 'another password',
      revokeOtherSessions: true,
    }
    const answer = await postAuth(server.url, 'change-password', change, own)
    expect(answer.status).toBe(200)
    expect((await stolen.read('billing.balance')).status).toBe(401)
    expect((await postAuth(server.url, 'sign-in/email', person)).status).toBe(401)
  })

  it('is nothing that can be made up', async () => {
    const { token } = await signInAsGuest(server.url)
    const [id, signature = ''] = decodeURIComponent(token).split('.')
    const forged = `${id}.${signature.startsWith('A') ? 'B' : 'A'}${signature.slice(1)}`
    for (const made of [forged, `${id}.`, id ?? '', 'null', '{}', 'a.b.c']) {
      const { status } = await guestWith(server.url, encodeURIComponent(made)).read(
        'billing.balance',
      )
      expect(status, made).toBe(401)
    }
  })

  it('comes in a cookie that scripts cannot read and other sites do not send', async () => {
    const answer = await postAuth(server.url, 'sign-in/anonymous', {})
    for (const cookie of answer.headers.getSetCookie()) {
      expect(cookie).toMatch(/HttpOnly/iu)
      expect(cookie).toMatch(/SameSite=Lax/iu)
    }
  })
})

describe('where sign-in leads', () => {
  it.each(['https://evil.example', '//evil.example', 'javascript:alert(1)'])(
    'is never %s',
    async (callbackURL) => {
      const body = { ...newCredentials(), callbackURL }
      const answer = await postAuth(server.url, 'sign-up/email', body)
      expect(answer.status).toBe(403)
      expect(answer.headers.get('location')).toBeNull()
    },
  )
})

describe('the first guests of many', () => {
  it('get one grant of free credits each, whatever e-mail an account asks for', async () => {
    const person = newCredentials()
    await enter(server.url, 'sign-up/email', person)
    const variants = [person.email.toUpperCase(), ` ${person.email}`, person.email]
    for (const email of variants) {
      const answer = await postAuth(server.url, 'sign-up/email', { ...person, email })
      expect(answer.status, email).toBeGreaterThanOrEqual(400)
    }
  })
})
