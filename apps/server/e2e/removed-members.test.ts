import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import { openDatabase } from '@tollgate/database'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { guestWith, type Guest } from '../fixtures/guest.ts'
import { openBalanceStream } from '../fixtures/open-balance-stream.ts'
import { enter, postAuth } from '../fixtures/sign-in-account.ts'
import { startTestServer } from '../fixtures/start-test-server.ts'
import {
  actFor,
  addMember,
  makeTeam,
  type Member,
  removeMember,
  type Team,
} from '../fixtures/team.ts'

/** Far less than the five seconds for which a caller without an organization stays cached. */
const AT_ONCE_MS = 3_000

let provider: Awaited<ReturnType<typeof startProvider>>
let first: Awaited<ReturnType<typeof startTestServer>>
let second: Awaited<ReturnType<typeof startTestServer>>
let team: Team
beforeAll(async () => {
  provider = await startProvider()
  const model = { OPENAI_API_KEY: 'sk-test', OPENAI_BASE_URL: provider.url }
  first = await startTestServer(model)
  const { databaseUrl, dataDirectory } = first.config
  second = await startTestServer({
    ...model,
    DATABASE_URL: databaseUrl ?? '',
    DATA_DIR: dataDirectory,
  })
  team = await makeTeam(first.url)
}, 120_000)
afterAll(async () => {
  await second.close()
  await first.close()
  provider.close()
})

const draw = (person: Guest) => person.call('tools.qrCode', { text: 'hello' })
const refusal = { error: { data: { billing: { kind: 'not_permitted', needs: 'membership' } } } }

describe('a member that is removed', () => {
  it('is refused by every process at once, on all of its devices, and spends from no other account', async () => {
    const member = await addMember(first.url, team, 'member')
    const phone = await enter(first.url, 'sign-in/email', member.credentials)
    await actFor(first.url, phone, team.organizationId)
    const everywhere = [member, phone].flatMap((person) => [
      person,
      guestWith(second.url, person.token),
    ])
    for (const person of everywhere) expect((await draw(person)).status).toBe(200)
    await removeMember(first.url, team, member)
    for (const person of everywhere) {
      const { status, body } = await draw(person)
      expect(status).toBe(403)
      expect(body).toMatchObject(refusal)
      expect((await person.read('billing.balance')).status).toBe(403)
    }
    await actFor(first.url, phone, null)
    expect((await draw(phone)).status).toBe(200)
    expect((await phone.read('billing.balance')).text).toContain('"used":1')
  })

  it('has its open streams ended at once in every process, and others keep theirs', async () => {
    const member = await addMember(first.url, team, 'member')
    const own = await Promise.all(
      [first, second].map(({ url }) => openBalanceStream(url, member.token)),
    )
    const kept = await openBalanceStream(first.url, team.owner.token)
    let isEnded = false
    void kept.ended.then(() => (isEnded = true))
    const removedAt = Date.now()
    await removeMember(first.url, team, member)
    await Promise.all(own.map(({ ended }) => ended))
    expect(Date.now() - removedAt).toBeLessThan(AT_ONCE_MS)
    expect(isEnded).toBe(false)
    kept.close()
  })

  it('has its open streams ended also by a server that was not listening at that moment', async () => {
    const member = await addMember(first.url, team, 'member')
    const streams = await Promise.all(
      [first, second].map(({ url }) => openBalanceStream(url, member.token)),
    )
    const removedAt = Date.now()
    await removeUnheard(member)
    expect(await Promise.all(streams.map(({ ended }) => ended))).toEqual(['ended', 'ended'])
    expect(Date.now() - removedAt).toBeLessThan(AT_ONCE_MS)
  })

  it('leaves what it started to the organization, which pays for it and keeps the result', async () => {
    const member = await addMember(first.url, team, 'member')
    const running = summarize(member)
    await expect.poll(provider.waiting).toBe(1)
    await removeMember(first.url, team, member)
    provider.answer('A summary.')
    expect((await running).status).toBe(200)
    const { text } = await team.owner.read('billing.results?input=%7B%7D')
    expect(text).toContain('A summary.')
    await actFor(first.url, member, null)
    expect((await member.read('billing.results?input=%7B%7D')).text).not.toContain('A summary.')
  })

  it('cannot act for the organization again, and is refused in its own session as long as it tries', async () => {
    const member = await addMember(first.url, team, 'member')
    await removeMember(first.url, team, member)
    const { organizationId } = team
    const again = await postAuth(
      second.url,
      'organization/set-active',
      { organizationId },
      guestWith(second.url, member.token),
    )
    expect(again.status).toBe(403)
  })
})

describe('a member that leaves', () => {
  it('acts for its own account where it left, and is refused where it did not', async () => {
    const member = await addMember(first.url, team, 'member')
    const phone = await enter(first.url, 'sign-in/email', member.credentials)
    await actFor(first.url, phone, team.organizationId)
    const { organizationId } = team
    const left = await postAuth(first.url, 'organization/leave', { organizationId }, member)
    expect(left.status).toBe(200)
    expect((await member.read('billing.balance')).text).toContain('"used":0')
    expect((await draw(guestWith(second.url, phone.token))).status).toBe(403)
  })
})

describe('an organization whose owner changes', () => {
  it('pays for what its former owner had started, and keeps the result for the new one', async () => {
    const handed = await makeTeam(first.url)
    const { organizationId, owner } = handed
    const successor = await addMember(first.url, handed, 'owner')
    await actFor(first.url, successor, organizationId)
    const running = summarize(owner)
    await expect.poll(provider.waiting).toBe(1)
    const left = await postAuth(first.url, 'organization/leave', { organizationId }, owner)
    expect(left.status).toBe(200)
    const held = /"meter":"ai_tokens"[^}]*?"held":(?<held>\d+)/u
    expect((await successor.read('billing.balance')).text).toMatch(held)
    provider.answer('Of the former owner.')
    expect((await running).status).toBe(200)
    const results = await successor.read('billing.results?input=%7B%7D')
    expect(results.text).toContain('Of the former owner.')
    const usage = /"meter":"ai_tokens".*?"used":(?<used>\d+)/u
    const used = async (person: Guest) =>
      usage.exec((await person.read('billing.balance')).text)?.groups?.['used']
    expect(Number(await used(successor))).toBeGreaterThan(0)
    expect(await used(owner)).toBe('0')
  })
})

describe('a member whose role changes', () => {
  it('has what its new role has in every process with its next call', async () => {
    const member = await addMember(first.url, team, 'member')
    const there = guestWith(second.url, member.token)
    expect((await draw(there)).status).toBe(200)
    const { organizationId, owner } = team
    const demotion = { organizationId, memberId: member.memberId, role: 'viewer' }
    await postAuth(first.url, 'organization/update-member-role', demotion, owner)
    expect((await draw(there)).status).toBe(403)
  })
})

/** Removes a member while no server is listening. */
async function removeUnheard({ memberId }: Member): Promise<void> {
  const database = openDatabase({ url: first.config.databaseUrl ?? '' })
  await database.transaction(async ({ query }) => {
    const cut = await query({
      text: `select pg_terminate_backend(pid, 5000) from pg_stat_activity
        where datname = current_database() and query = 'listen "auth_user_changed"'`,
    })
    expect(cut).toHaveLength(2)
    await query({ text: 'delete from auth_member where id = $1', values: [memberId] })
  })
  await database.close()
}

function summarize({ token }: Guest): Promise<Response> {
  return fetch(`${first.url}/trpc/text.summarize`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      'idempotency-key': `op_${randomUUID()}`,
    },
    body: JSON.stringify({ text: 'The quick brown fox jumps. It runs.', sentences: 1 }),
  })
}

/** A model provider that accepts a request and responds when the test releases it. */
async function startProvider() {
  const open: ServerResponse[] = []
  const server = createServer((_, response) => void open.push(response)).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('The provider has no port.')
  return {
    url: `http://127.0.0.1:${address.port}/v1`,
    waiting: () => open.length,
    answer(content: string) {
      const choice = { index: 0, delta: { content }, finish_reason: 'stop' }
      const chunk = { id: 'c', object: 'chat.completion.chunk', created: 1, model: 'm' }
      for (const response of open.splice(0)) {
        response.writeHead(200, { 'content-type': 'text/event-stream' })
        response.write(`data: ${JSON.stringify({ ...chunk, choices: [choice] })}\n\n`)
        response.end('data: [DONE]\n\n')
      }
    },
    close() {
      server.closeAllConnections()
      server.close()
    },
  }
}
