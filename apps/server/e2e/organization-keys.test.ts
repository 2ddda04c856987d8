import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createApiKey } from '../fixtures/api-key-of.ts'
import { type Guest, guestWith } from '../fixtures/guest.ts'
import { startRun } from '../fixtures/start-run.ts'
import { startTestServer } from '../fixtures/start-test-server.ts'
import { actFor, addMember, makeTeam, removeMember, type Team } from '../fixtures/team.ts'

/** A key is cached for five seconds; what is refused before that was notified. */
const NOTIFIED_MS_MAX = 4_500

let first: Awaited<ReturnType<typeof startTestServer>>
let second: Awaited<ReturnType<typeof startTestServer>>
let team: Team
beforeAll(async () => {
  first = await startTestServer()
  const { databaseUrl, dataDirectory } = first.config
  second = await startTestServer({ DATABASE_URL: databaseUrl ?? '', DATA_DIR: dataDirectory })
  team = await makeTeam(first.url)
}, 120_000)
afterAll(async () => {
  await second?.close()
  await first?.close()
})

const draw = (by: Guest) => by.call('tools.qrCode', { text: 'hello' })
async function used(by: Guest): Promise<number> {
  const { text } = await by.read('billing.balance')
  return Number(/"meter":"api_calls".*?"used":(?<used>\d+)/u.exec(text)?.groups?.['used'])
}

describe('a key of an organization', () => {
  it('pays from the pooled balance, and stays when the member who made it is removed', async () => {
    const maker = await addMember(first.url, team, 'billing')
    await actFor(first.url, maker, team.organizationId)
    const key = await createApiKey(first.url, maker)
    const before = await used(team.owner)
    expect((await draw(key)).status).toBe(200)
    await removeMember(first.url, team, maker)
    expect((await draw(key)).status).toBe(200)
    expect((await draw(guestWith(second.url, key.token))).status).toBe(200)
    expect(await used(team.owner)).toBe(before + 3)
    expect((await team.owner.read('apiKeys.list')).text).toContain(key.id)
  })

  it('is revoked by any owner, at once in every process, and with it its runs', async () => {
    const key = await createApiKey(first.url, team.owner)
    const run = await startRun(first.url, key, { limits: { api_calls: 5 } })
    const there = guestWith(second.url, key.token)
    for (const one of [key, there, run]) expect((await draw(one)).status).toBe(200)
    const other = await addMember(first.url, team, 'owner')
    await actFor(first.url, other, team.organizationId)
    expect((await other.call('apiKeys.revoke', { id: key.id })).text).toContain('"revoked":true')
    for (const one of [key, run]) expect((await draw(one)).status).toBe(401)
    await expect
      .poll(async () => (await draw(there)).status, { timeout: NOTIFIED_MS_MAX, interval: 20 })
      .toBe(401)
  })

  it('is seen, made and revoked by no one who may not buy, and by no other organization', async () => {
    const key = await createApiKey(first.url, team.owner)
    const { owner: stranger } = await makeTeam(first.url)
    const member = await addMember(first.url, team, 'member')
    await actFor(first.url, member, team.organizationId)
    const refused = await member.call('apiKeys.create', { name: 'A program' })
    expect([refused.status, refused.text]).toEqual([
      412,
      expect.stringContaining('Only who pays for this organization'),
    ])
    for (const one of [stranger, member]) {
      expect((await one.read('apiKeys.list')).text).not.toContain(key.id)
      expect((await one.call('apiKeys.revoke', { id: key.id })).text).toContain('"revoked":false')
    }
    expect((await draw(key)).status).toBe(200)
  })

  it('may spend what its limit allows', async () => {
    const key = await createApiKey(first.url, team.owner)
    const subject = { kind: 'key', id: key.id }
    const limit = { subject, meter: 'api_calls', amount: 1, period: 'month' }
    expect((await team.owner.call('limits.set', limit)).status).toBe(200)
    expect((await draw(key)).status).toBe(200)
    expect((await draw(key)).body).toMatchObject({
      error: { data: { billing: { kind: 'limit', subject } } },
    })
  })
})

describe('a personal key', () => {
  it('of a member never pays from the organization, before and after its removal', async () => {
    const member = await addMember(first.url, team, 'member')
    await actFor(first.url, member, null)
    const key = await createApiKey(first.url, member)
    await actFor(first.url, member, team.organizationId)
    const before = await used(team.owner)
    expect((await draw(key)).status).toBe(200)
    await removeMember(first.url, team, member)
    expect((await draw(key)).status).toBe(200)
    expect([await used(team.owner), await used(key)]).toEqual([before, 2])
  })
})
