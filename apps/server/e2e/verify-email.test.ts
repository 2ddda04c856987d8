import { createEmailVerificationToken } from 'better-auth/api'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import type { Mail } from '../src/alerts/send-mail.ts'
import { loadSecrets } from '../src/load-secrets.ts'
import { type Guest, signInAsGuest } from '../fixtures/guest.ts'
import { type Credentials, enter, newCredentials, postAuth } from '../fixtures/sign-in-account.ts'
import { startTestServer } from '../fixtures/start-test-server.ts'

const SENT_MS_MAX = 25_000
/** The number of mails that an account may request per day. */
const MAILS_PER_DAY = 5

const sent: Mail[] = []
/** Addresses that no mail reaches. */
const unreachable = new Set<string>()
const parts = {
  async sendMail(mail: Mail) {
    if (unreachable.has(mail.to)) throw new Error('451 try again later')
    sent.push(mail)
  },
}

let server: Awaited<ReturnType<typeof startTestServer>>
beforeAll(async () => {
  server = await startTestServer({}, parts)
})
afterAll(() => server.close())

describe('the mail that verifies an address', () => {
  it('is sent when an account is made, and its link works once', async () => {
    const { person, credentials } = await account()
    const token = await mailedToken(credentials)
    expect(await isVerified(person)).toBe(false)
    expect(await verify(token, person)).toEqual({ status: 200, code: undefined })
    expect(await isVerified(person)).toBe(true)
    expect(await verify(token, person)).toEqual({ status: 409, code: 'ALREADY_VERIFIED' })
    expect(await askAgain(person, credentials)).toBe(409)
  })

  it('is in the language of the browser until one was chosen', async () => {
    const credentials = newCredentials()
    await fetch(`${server.url}/api/auth/sign-up/email`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'accept-language': 'de-AT,en;q=0.5' },
      body: JSON.stringify(credentials),
    })
    await mailedToken(credentials)
    expect(mailsTo(credentials)[0]?.subject).toBe('Bestätigen Sie Ihre E-Mail-Adresse')
    const { person, credentials: second } = await account()
    await mailedToken(second)
    await person.call('alerts.setPreferences', { language: 'de' })
    expect(await askAgain(person, second)).toBe(200)
    expect(mailsTo(second).map(({ subject }) => subject)).toEqual([
      'Verify your email address',
      'Bestätigen Sie Ihre E-Mail-Adresse',
    ])
  })

  it('makes no account fail that it does not reach, and says so to the one who asks for it', async () => {
    const credentials = newCredentials()
    unreachable.add(credentials.email)
    const person = await enter(server.url, 'sign-up/email', credentials)
    expect((await person.read('billing.balance')).status).toBe(200)
    expect(await askAgain(person, credentials)).toBe(503)
    unreachable.delete(credentials.email)
    expect(await askAgain(person, credentials)).toBe(200)
  })

  it('is sent a few times a day, only to the address of the account, and never to a guest', async () => {
    const { person, credentials } = await account()
    const other = await account()
    await mailedToken(other.credentials)
    expect(await askAgain(person, other.credentials)).toBe(400)
    for (let count = 1; count < MAILS_PER_DAY; count += 1) {
      expect(await askAgain(person, credentials)).toBe(200)
    }
    expect(await askAgain(person, credentials)).toBe(429)
    expect(mailsTo(other.credentials)).toHaveLength(1)
    expect(await askAgain(await signInAsGuest(server.url), credentials)).toBe(403)
    expect(await askAgain(undefined, credentials)).toBe(401)
  })

  it('leads to our own page, and no answer leads to a foreign one', async () => {
    const { person, credentials } = await account()
    const token = await mailedToken(credentials)
    const callbackURL = 'https://evil.example/'
    const body = { email: credentials.email, callbackURL }
    const asked = await postAuth(server.url, 'send-verification-email', body, person)
    expect(asked.status).toBe(403)
    expect((await verify(token, person, { callbackURL })).status).toBe(403)
    expect(await isVerified(person)).toBe(false)
    for (const { text } of mailsTo(credentials)) {
      expect(text.match(/https?:\/\/[^/]+/g)).toEqual([server.url])
    }
  })
})

describe('a link', () => {
  it('that has expired or is forged is refused', async () => {
    const { person, credentials } = await account()
    const token = await mailedToken(credentials)
    const { user } = await sessionOf(person)
    const signedBy = (secret: string, seconds: number) =>
      createEmailVerificationToken(secret, user.email, undefined, seconds, { userId: user.id })
    const { auth: secret } = loadSecrets(server.config.dataDirectory)
    expect((await verify(await signedBy(secret, -1), person)).code).toBe('TOKEN_EXPIRED')
    const ofAnother = await account()
    const [head, , signature] = token.split('.')
    const [, payload] = (await signedBy('x'.repeat(48), 60)).split('.')
    const forged = [await signedBy('x'.repeat(48), 60), `${head}.${payload}.${signature}`]
    for (const one of forged) expect((await verify(one, person)).code).toBe('INVALID_TOKEN')
    for (const one of ['', 'nonsense', `${head}..${signature}`]) {
      expect((await verify(one, person)).code).toBe('INVALID_TOKEN')
    }
    expect(await isVerified(person)).toBe(false)
    expect(await verify(token, ofAnother.person)).toEqual({ status: 403, code: 'OTHER_ACCOUNT' })
    expect(await verify(await signedBy(secret, 60), person)).toMatchObject({ status: 200 })
  })

  it('of an account that someone registered with the address of another verifies nothing when the other opens it', async () => {
    const { person: attacker, credentials } = await account()
    const token = await mailedToken(credentials)
    const victim = await account()
    expect(await verify(token)).toEqual({ status: 401, code: 'SIGN_IN_FIRST' })
    expect(await verify(token, victim.person)).toEqual({ status: 403, code: 'OTHER_ACCOUNT' })
    expect(await verify(token, await signInAsGuest(server.url))).toMatchObject({ status: 403 })
    expect(await isVerified(attacker)).toBe(false)
  })
})

const sessionSchema = z.object({
  user: z.object({ id: z.string(), email: z.string(), emailVerified: z.boolean() }),
})
const refusalSchema = z.object({ code: z.string().optional() })

async function account(): Promise<{ person: Guest; credentials: Credentials }> {
  const credentials = newCredentials()
  return { person: await enter(server.url, 'sign-up/email', credentials), credentials }
}

function mailsTo({ email }: Credentials): Mail[] {
  return sent.filter(({ to }) => to === email)
}

async function mailedToken(credentials: Credentials): Promise<string> {
  const [mail] = await vi.waitUntil(() => mailsTo(credentials).length > 0 && mailsTo(credentials), {
    timeout: SENT_MS_MAX,
  })
  const token = mail?.text.match(/\/verify\?token=(\S+)/)?.[1]
  if (!token) throw new Error(`There is no link in ${mail?.text}`)
  return token
}

async function verify(token: string, person?: Guest, more: Record<string, string> = {}) {
  const query = new URLSearchParams({ token, ...more })
  const response = await fetch(`${server.url}/api/auth/verify-email?${query}`, {
    headers: person ? { authorization: `Bearer ${person.token}` } : {},
    redirect: 'manual',
  })
  const { code } = refusalSchema.parse(await response.json())
  return { status: response.status, code }
}

async function askAgain(person: Guest | undefined, { email }: Credentials): Promise<number> {
  return (await postAuth(server.url, 'send-verification-email', { email }, person)).status
}

async function sessionOf({ token }: Guest) {
  const response = await fetch(`${server.url}/api/auth/get-session`, {
    headers: { authorization: `Bearer ${token}` },
  })
  return sessionSchema.parse(await response.json())
}

async function isVerified(person: Guest): Promise<boolean> {
  return (await sessionOf(person)).user.emailVerified
}
