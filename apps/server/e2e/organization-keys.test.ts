import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createApiKey } from '../fixtures/api-key-of.ts'
import { type Guest, guestWith } from '../fixtures/guest.ts'
import { startRun } from '../fixtures/start-run.ts'
import { openBalanceStream } from '../fixtures/open-balance-stream.ts'
import { startTestServer } from '../fixtures/start-test-server.ts'
import { actFor, addMember, makeTeam, removeMember, type Team } from '../fixtures/team.ts'

/** A key stays cached for five seconds; access that ends sooner was ended by a notification. */
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
    const stream = await openBalanceStream(second.url, key.token)
    const other = await addMember(first.url, team, 'owner')
    await actFor(first.url, other, team.organizationId)
    expect((await other.call('apiKeys.revoke', { id: key.id })).text).toContain('"revoked":true')
    for (const one of [key, run]) expect((await draw(one)).status).toBe(401)
    // A server ends the streams of a caller when it evicts the caller from its cache.
    const waitedFrom = Date.now()
    await stream.ended
    expect(Date.now() - waitedFrom).toBeLessThan(NOTIFIED_MS_MAX)
    expect((await draw(there)).status).toBe(401)
  })

  it('is seen, made and revoked by no one who may not buy, and by no other organization', async () => {
    const key = await createApiKey(first.url, team.owner)
    const { owner: stranger } = await makeTeam(first.url)
    const member = await addMember(first.url, team, 'member')
    await actFor(first.url, member, team.organizationId)
    const refused = await member.call('apiKeys.create', { name: 'A program' })
    expect([refused.status, refused.text]).toEqual([
      412,
      expect.stringContaining('Only those who pay for this organization'),
    ])
    for (const one of [stranger, member]) {
      expect((await one.read('apiKeys.list')).text).not.toContain(key.id)
      expect((await one.call('apiKeys.revoke', { id: key.id })).text).toContain('"revoked":false')
    }
    expect((await draw(key)).status).toBe(200)
  })

  it('is refused at the limit it was created with, which who pays raises and removes, and no member', async () => {
    const limits = [{ meter: 'api_calls', amount: 1, period: 'month' as const }]
    const key = await createApiKey(first.url, team.owner, { limits })
    const subject = { kind: 'key', id: key.id }
    const refusal = { error: { data: { billing: { kind: 'limit', subject } } } }
    expect((await draw(key)).status).toBe(200)
    expect((await draw(key)).body).toMatchObject(refusal)
    const raised = { subject, meter: 'api_calls', amount: 2, period: 'month' }
    const removed = { subject, meter: 'api_calls' }
    const member = await addMember(first.url, team, 'member')
    const billing = await addMember(first.url, team, 'billing')
    for (const one of [member, billing]) await actFor(first.url, one, team.organizationId)
    const { owner: stranger } = await makeTeam(first.url)
    expect((await member.call('limits.set', raised)).status).toBe(403)
    expect((await member.call('limits.remove', removed)).status).toBe(403)
    expect((await member.read('limits.list')).text).not.toContain(key.id)
    expect((await stranger.call('limits.set', raised)).status).toBe(404)
    await stranger.call('limits.remove', removed)
    expect((await draw(key)).body).toMatchObject(refusal)
    expect((await billing.call('limits.set', raised)).text).toContain('"spent":1,"left":1')
    expect((await draw(key)).status).toBe(200)
    expect((await draw(guestWith(second.url, key.token))).body).toMatchObject(refusal)
    await team.owner.call('limits.remove', removed)
    expect((await draw(key)).status).toBe(200)
  })

  it('is named to every member as a spender, also once it is revoked, and to no one else', async () => {
    const key = await createApiKey(first.url, team.owner)
    await draw(key)
    await team.owner.call('apiKeys.revoke', { id: key.id })
    const member = await addMember(first.url, team, 'member')
    const outside = await addMember(first.url, team, 'member')
    await actFor(first.url, member, team.organizationId)
    await actFor(first.url, outside, null)
    const { owner: stranger } = await makeTeam(first.url)
    const name = `{"id":"${key.id}","name":"A program"}`
    for (const one of [team.owner, member]) {
      expect((await one.read('account.spenders')).text).toContain(name)
      expect((await one.read('billing.ledger?input=%7B%7D')).text).toContain(
        `"subjects":[{"kind":"key","id":"${key.id}"}]`,
      )
    }
    for (const one of [outside, stranger]) {
      expect((await one.read('account.spenders')).text).not.toContain(key.id)
    }
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
