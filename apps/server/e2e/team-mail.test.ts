import { openDatabase } from '@tollgate/database'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { Mail } from '../src/alerts/send-mail.ts'
import { startTestServer } from '../fixtures/start-test-server.ts'
import { type Credentials, enter, newCredentials } from '../fixtures/sign-in-account.ts'
import { addMember, invite, makeTeam, type Team } from '../fixtures/team.ts'

/** Longer than the delay after a first failure, even on a busy machine. */
const SENT_MS_MAX = 60_000
/** Long enough for every server to poll for due mail. */
const QUIET_MS = 3000

const sent: Mail[] = []
/** Addresses whose mail is refused once. */
const refusing = new Set<string>()
const parts = {
  async sendMail(mail: Mail) {
    if (refusing.delete(mail.to)) throw new Error('451 try again later')
    sent.push(mail)
  },
}

let first: Awaited<ReturnType<typeof startTestServer>>
let second: Awaited<ReturnType<typeof startTestServer>>
let team: Team
beforeAll(async () => {
  first = await startTestServer({}, parts)
  const { databaseUrl, dataDirectory } = first.config
  const shared = { DATABASE_URL: databaseUrl ?? '', DATA_DIR: dataDirectory }
  second = await startTestServer(shared, parts)
  team = await makeTeam(first.url)
}, 120_000)
afterAll(async () => {
  await second?.close()
  await first?.close()
})

/** Mail about organizations only, without the verification mail of a new account. */
const mailsTo = (address: string) =>
  sent.filter(({ to, text }) => to === address && !text.includes('/verify?token='))

async function firstTo(address: string): Promise<Mail> {
  const [mail] = await vi.waitUntil(() => mailsTo(address).length > 0 && mailsTo(address), {
    timeout: SENT_MS_MAX,
  })
  if (!mail) throw new Error(`Nothing was sent to ${address}.`)
  return mail
}

const quiet = () => new Promise((resolve) => setTimeout(resolve, QUIET_MS))

describe('an invitation', { timeout: 90_000 }, () => {
  it('is sent to its address with the link, once by two servers, also after a failure', async () => {
    refusing.add('bob@example.com')
    const id = await invite(first.url, team, { email: 'bob@example.com', role: 'member' })
    const mail = await firstTo('bob@example.com')
    expect(mail.text).toContain(`/join?invitation=${id}`)
    expect(mail.subject).toMatch(/ invites you to Acme$/)
    await quiet()
    expect(mailsTo('bob@example.com')).toHaveLength(1)
  })

  it('is sent in the language of the person it is for, where that is known', async () => {
    const credentials = newCredentials()
    const person = await enter(first.url, 'sign-up/email', credentials)
    await person.call('alerts.setPreferences', { language: 'de' })
    const { email } = credentials
    await invite(first.url, team, { email, role: 'member' })
    expect((await firstTo(email)).subject).toMatch(/ lädt Sie zu Acme ein$/)
  })

  it('that is over before it was sent is not sent', async () => {
    refusing.add('eve@example.com')
    const id = await invite(first.url, team, { email: 'eve@example.com', role: 'member' })
    await vi.waitUntil(() => !refusing.has('eve@example.com'), { timeout: SENT_MS_MAX })
    const database = openDatabase({ url: first.config.databaseUrl ?? '' })
    const values = [id]
    await database.query({
      text: `update auth_invitation set status = 'canceled' where id = $1`,
      values,
    })
    const failureOf = async () => {
      const text = 'select failure, due_at from auth_mail where invitation_id = $1'
      const [row] = await database.query<{ failure: string; due_at: Date | null }>({ text, values })
      return row?.due_at === null && row.failure
    }
    expect(await vi.waitUntil(failureOf, { timeout: SENT_MS_MAX })).toBe('not needed any more')
    await database.close()
    expect(mailsTo('eve@example.com')).toEqual([])
  })
})

describe('a request', { timeout: 90_000 }, () => {
  it('is sent to each of those who may answer it and have verified their address, and to no one else', async () => {
    const asking = await makeTeam(first.url)
    const member = await addMember(first.url, asking, 'member')
    const billing = await addMember(first.url, asking, 'billing')
    const unverified = await addMember(first.url, asking, 'owner')
    for (const { credentials } of [asking.owner, member, billing]) await verifyAddress(credentials)
    await member.call('team.askOwner', { kind: 'raise_limit', meter: 'api_calls' })
    const { email } = asking.owner.credentials
    expect((await firstTo(email)).text).toContain('asks you to raise it: calls.')
    const isAsked = ({ text }: Mail) => text.includes('/team')
    await vi.waitUntil(() => mailsTo(billing.credentials.email).some(isAsked), {
      timeout: SENT_MS_MAX,
    })
    await quiet()
    expect(mailsTo(email)).toHaveLength(1)
    expect(mailsTo(unverified.credentials.email).filter(isAsked)).toEqual([])
    expect(mailsTo(member.credentials.email).filter(isAsked)).toEqual([])
  })
})

async function verifyAddress({ email }: Credentials): Promise<void> {
  const database = openDatabase({ url: first.config.databaseUrl ?? '' })
  const text = 'update auth_user set "emailVerified" = true where email = $1'
  await database.query({ text, values: [email] })
  await database.close()
}
