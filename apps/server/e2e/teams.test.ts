import { randomUUID } from 'node:crypto'
import { openDatabase } from '@tollgate/database'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { customerOf, signInAsGuest, type Guest } from '../fixtures/guest.ts'
import { openBalanceStream } from '../fixtures/open-balance-stream.ts'
import { enter, newCredentials, postAuth } from '../fixtures/sign-in-account.ts'
import { startTestServer } from '../fixtures/start-test-server.ts'
import { actFor, addMember, invite, makeTeam, type Team } from '../fixtures/team.ts'

let server: Awaited<ReturnType<typeof startTestServer>>
let team: Team
beforeAll(async () => {
  server = await startTestServer()
  team = await makeTeam(server.url)
}, 120_000)
afterAll(() => server.close())

const post = (path: string, body: object, from: Guest) =>
  postAuth(server.url, `organization/${path}`, body, from)
const draw = (person: Guest) => person.call('tools.qrCode', { text: 'hello' })

async function usedBy(person: Guest): Promise<string> {
  const { text } = await person.read('billing.balance')
  return /"meter":"api_calls".*?"used":(\d+)/u.exec(text)?.[1] ?? text
}

const requestsSchema = z.object({
  result: z.object({
    data: z.object({
      requests: z.array(
        z.object({ kind: z.string(), member: z.object({ id: z.string() }).nullable() }),
      ),
    }),
  }),
})

async function userIdOf({ token }: Guest): Promise<string> {
  const headers = { authorization: `Bearer ${token}` }
  const session = await fetch(`${server.url}/api/auth/get-session`, { headers })
  return sessionSchema.parse(await session.json()).user.id
}

const sessionSchema = z.object({ user: z.object({ id: z.string() }) })

async function query(text: string): Promise<void> {
  const database = openDatabase({ url: server.config.databaseUrl ?? '' })
  try {
    await database.query({ text })
  } finally {
    await database.close()
  }
}

describe('an organization', () => {
  it('pays for what its members do, and no one’s own account does', async () => {
    const shared = await makeTeam(server.url)
    const member = await addMember(server.url, shared, 'member')
    expect((await draw(member)).status).toBe(200)
    expect((await draw(shared.owner)).status).toBe(200)
    expect([await usedBy(member), await usedBy(shared.owner)]).toEqual(['2', '2'])
    await actFor(server.url, member, null)
    expect(await usedBy(member)).toBe('0')
    expect((await draw(member)).status).toBe(200)
    expect([await usedBy(member), await usedBy(shared.owner)]).toEqual(['1', '2'])
  })

  it('is acted for by one session of a member and not by another', async () => {
    const member = await addMember(server.url, team, 'viewer')
    const phone = await enter(server.url, 'sign-in/email', member.credentials)
    expect((await draw(member)).status).toBe(403)
    expect((await draw(phone)).status).toBe(200)
  })

  it('shows a viewer what there is, and refuses its billed calls in words of their own', async () => {
    const viewer = await addMember(server.url, team, 'viewer')
    expect((await viewer.read('billing.balance')).status).toBe(200)
    expect((await viewer.read('billing.activity?input=%7B%7D')).status).toBe(200)
    const { status, body } = await draw(viewer)
    expect(status).toBe(403)
    const billing = { kind: 'not_permitted', needs: 'spending', actions: [] }
    expect(body).toMatchObject({ error: { data: { billing } } })
  })

  it('gives every member open streams of its own', async () => {
    const [one, other] = [
      await addMember(server.url, team, 'member'),
      await addMember(server.url, team, 'member'),
    ]
    const tokens = Array.from({ length: 8 }, () => one.token)
    const streams = await Promise.all(
      [...tokens, other.token].map((token) => openBalanceStream(server.url, token)),
    )
    for (const { received } of streams) expect(received()).toContain('"remaining"')
    for (const { close } of streams) close()
  })
})

describe('ownership', () => {
  it('is transferred by making another owner and stepping down, and the right to buy with it', async () => {
    const handed = await makeTeam(server.url)
    const { organizationId, owner } = handed
    const member = await addMember(server.url, handed, 'member')
    const stepDown = { organizationId, memberId: owner.memberId, role: 'member' }
    expect((await post('update-member-role', stepDown, owner)).status).toBe(400)
    const promote = { organizationId, memberId: member.memberId, role: 'owner' }
    expect((await post('update-member-role', promote, member)).status).toBe(403)
    expect((await post('update-member-role', promote, owner)).status).toBe(200)
    expect((await post('update-member-role', stepDown, owner)).status).toBe(200)
    expect((await member.read('billing.summary')).status).toBe(200)
    expect((await owner.read('billing.summary')).status).toBe(403)
    expect((await post('leave', { organizationId }, owner)).status).toBe(200)
  })

  it('never ends: the last owner cannot leave, and of two who leave at once one stays', async () => {
    const kept = await makeTeam(server.url)
    const { organizationId, owner } = kept
    expect((await post('leave', { organizationId }, owner)).status).toBe(400)
    const second = await addMember(server.url, kept, 'owner')
    const left = await Promise.all([
      post('leave', { organizationId }, owner),
      post('leave', { organizationId }, second),
    ])
    expect(left.filter(({ ok }) => ok)).toHaveLength(1)
  })

  it('says to the later of the two that an owner has to stay', async () => {
    const kept = await makeTeam(server.url)
    const { organizationId, owner } = kept
    const second = await addMember(server.url, kept, 'owner')
    // Holds both back, so that neither sees the other gone.
    const held = await holdOrganization(organizationId)
    const leaving = [owner, second].map((one) => post('leave', { organizationId }, one))
    await held.until(2)
    await held.release()
    const left = await Promise.all(leaving)
    expect(left.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409])
    const refused = left.find(({ status }) => status === 409)
    expect(await refused?.json()).toMatchObject({ code: 'LAST_OWNER' })
  })
})

describe('an invitation', () => {
  it('is accepted by the person it names alone, and once', async () => {
    const invited = newCredentials()
    const invitationId = await invite(server.url, team, { email: invited.email, role: 'member' })
    const other = await enter(server.url, 'sign-up/email', newCredentials())
    expect((await post('accept-invitation', { invitationId }, other)).status).toBe(403)
    const person = await enter(server.url, 'sign-up/email', invited)
    expect((await post('accept-invitation', { invitationId }, person)).status).toBe(200)
    expect((await post('accept-invitation', { invitationId }, person)).status).toBe(400)
  })

  it('is declined by the person it names alone, and is void from then on', async () => {
    const invited = newCredentials()
    const invitationId = await invite(server.url, team, { email: invited.email, role: 'member' })
    const other = await enter(server.url, 'sign-up/email', newCredentials())
    expect((await post('reject-invitation', { invitationId }, other)).status).toBe(403)
    const person = await enter(server.url, 'sign-up/email', invited)
    expect((await post('reject-invitation', { invitationId }, person)).status).toBe(200)
    expect((await post('accept-invitation', { invitationId }, person)).status).toBe(400)
  })

  it.each([
    {
      fate: 'taken back',
      end: async (invitationId: string) => {
        expect((await post('cancel-invitation', { invitationId }, team.owner)).status).toBe(200)
      },
    },
    {
      fate: 'a week old',
      end: (id: string) =>
        query(`update auth_invitation set "expiresAt" = now() where id = '${id}'`),
    },
  ])('that is $fate is worth nothing', async ({ end }) => {
    const invited = newCredentials()
    const invitationId = await invite(server.url, team, { email: invited.email, role: 'member' })
    await end(invitationId)
    const person = await enter(server.url, 'sign-up/email', invited)
    expect((await post('accept-invitation', { invitationId }, person)).status).toBe(400)
  })

  it('is replaced by a second one to the same address', async () => {
    const invited = newCredentials()
    const first = await invite(server.url, team, { email: invited.email, role: 'viewer' })
    const second = await invite(server.url, team, { email: invited.email, role: 'member' })
    const person = await enter(server.url, 'sign-up/email', invited)
    expect((await post('accept-invitation', { invitationId: first }, person)).status).toBe(400)
    expect((await post('accept-invitation', { invitationId: second }, person)).status).toBe(200)
  })
})

describe('a guest', () => {
  it('neither makes an organization nor joins one, and says so', async () => {
    const guest = await signInAsGuest(server.url)
    for (const [path, body] of [
      ['create', { name: 'Acme', slug: 'any' }],
      ['accept-invitation', { invitationId: 'any' }],
    ] as const) {
      const refused = await post(path, body, guest)
      expect(refused.status).toBe(403)
      expect(await refused.json()).toMatchObject({ code: 'GUEST_CANNOT_JOIN' })
    }
  })
})

describe('a member without the right to buy', () => {
  it('is offered to ask an owner where it would be offered a purchase', async () => {
    const poor = await makeTeam(server.url)
    const member = await addMember(server.url, poor, 'member')
    await poor.owner.call('billing.setSpendCap', { meter: 'api_calls', cap: 0 })
    const actions = async (person: Guest) => {
      const { status, text } = await draw(person)
      expect(status).toBe(402)
      return [...text.matchAll(/"type":"(\w+)"/gu)].map(([, type]) => type)
    }
    expect(await actions(poor.owner)).toEqual(['raise_cap', 'wait'])
    expect(await actions(member)).toEqual(['ask_owner', 'wait'])
  })

  it('asks once a day, and those who may buy see it until one of them has dealt with it', async () => {
    const asking = await makeTeam(server.url)
    const member = await addMember(server.url, asking, 'member')
    const billing = await addMember(server.url, asking, 'billing')
    const ask = async () => (await member.call('team.askOwner', { meter: 'api_calls' })).text
    expect(await ask()).toContain('"sent":true')
    expect(await ask()).toContain('"sent":false')
    expect((await member.read('team.openRequests')).status).toBe(403)
    const { text } = await asking.owner.read('team.openRequests')
    expect(text).toContain(member.credentials.email)
    const id = /"id":"([^"]+)"/u.exec(text)?.[1] ?? ''
    await (await makeTeam(server.url)).owner.call('team.resolveRequest', { id })
    expect((await billing.read('team.openRequests')).text).toContain(id)
    expect((await member.call('team.resolveRequest', { id })).status).toBe(403)
    expect((await billing.call('team.resolveRequest', { id })).status).toBe(200)
    expect((await asking.owner.read('team.openRequests')).text).not.toContain(id)
  })

  it('asks to raise its limit beside asking to buy, until an owner has decided', async () => {
    const limited = await makeTeam(server.url)
    const member = await addMember(server.url, limited, 'member')
    const requests = async () => {
      const { body } = await limited.owner.read('team.openRequests')
      return requestsSchema.parse(body).result.data.requests
    }
    const ask = async (kind: string) => {
      const { text } = await member.call('team.askOwner', { kind, meter: 'api_calls' })
      return text.includes('"sent":true')
    }
    const subject = { kind: 'member', id: await userIdOf(member) }
    const set = (amount: number) =>
      limited.owner.call('limits.set', { subject, meter: 'api_calls', amount, period: 'month' })
    expect((await set(0)).status).toBe(200)
    const { text } = await draw(member)
    expect(text).toContain('"kind":"limit"')
    expect(text).toContain('"type":"ask_owner"')

    expect([await ask('purchase'), await ask('raise_limit')]).toEqual([true, true])
    expect([await ask('purchase'), await ask('raise_limit')]).toEqual([false, false])
    expect((await requests()).map(({ kind, member: who }) => [kind, who?.id])).toEqual([
      ['raise_limit', subject.id],
      ['purchase', subject.id],
    ])
    expect((await set(1)).status).toBe(200)
    expect((await draw(member)).status).toBe(200)
    expect((await requests()).map(({ kind }) => kind)).toEqual(['purchase'])
    expect(await ask('raise_limit')).toBe(true)
    expect((await member.call('team.askOwner', { kind: 'raise_limit', meter: null })).status).toBe(
      400,
    )
  })

  it('has no one to ask for its own account', async () => {
    const person = await enter(server.url, 'sign-up/email', newCredentials())
    expect((await person.call('team.askOwner', { meter: null })).status).toBe(404)
    expect((await person.read('team.openRequests')).status).toBe(404)
  })
})

/** Locks an organization’s row, so that owners who leave wait for each other. */
async function holdOrganization(organizationId: string) {
  const database = openDatabase({ url: server.config.databaseUrl ?? '', maxConnections: 2 })
  const client = await database.pool.connect()
  await client.query('begin')
  await client.query('select from auth_organization where id = $1 for update', [organizationId])
  return {
    /** Waits until this many statements wait for the lock. */
    until: (count: number) =>
      expect
        .poll(async () => {
          const [row] = await database.query<{ waiting: number }>({
            text: `select count(*)::integer as waiting from pg_stat_activity
              where datname = current_database() and wait_event_type = 'Lock'`,
          })
          return row?.waiting
        })
        .toBe(count),
    async release() {
      await client.query('commit')
      client.release()
      await database.close()
    },
  }
}

describe('a window that still shows another account than its session acts for', () => {
  const callFrom = (shown: string, { token }: Guest, path: string, input: object) =>
    fetch(`${server.url}/trpc/${path}`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        'idempotency-key': randomUUID(),
        'x-acting-for': shown,
      },
      body: JSON.stringify(input),
    })

  it.each<{ way: string; toTeam: boolean }>([
    { way: 'a team, when its own is charged', toTeam: false },
    { way: 'its own, when a team is charged', toTeam: true },
  ])('spends, buys and changes nothing: $way', async ({ toTeam }) => {
    const { owner, organizationId } = team
    const own = await customerOf(server.url, owner)
    await actFor(server.url, owner, toTeam ? organizationId : null)
    const before = Number(await usedBy(owner))
    const [shown, charged] = toTeam ? [own, organizationId] : [organizationId, own]
    await actFor(server.url, owner, toTeam ? null : organizationId)
    expect((await callFrom(shown, owner, 'tools.qrCode', { text: 'before' })).status).toBe(200)
    await actFor(server.url, owner, toTeam ? organizationId : null)
    const checkout = { priceSlug: 'pro_monthly', returnTo: '/' }
    for (const [path, input] of [
      ['tools.qrCode', { text: 'after' }],
      ['billing.checkout', checkout],
      ['billing.setSpendCap', { meter: 'api_calls', cap: 1 }],
      ['apiKeys.create', { name: 'A program' }],
    ] as const) {
      const refused = await callFrom(shown, owner, path, input)
      expect([refused.status, await refused.text()]).toEqual([
        409,
        expect.stringContaining('"kind":"account_changed"'),
      ])
    }
    expect(Number(await usedBy(owner))).toBe(before)
    expect((await callFrom(charged, owner, 'tools.qrCode', { text: 'now' })).status).toBe(200)
    expect(Number(await usedBy(owner))).toBe(before + 1)
  })

  it('reads nothing of the person who has signed in since either', async () => {
    const [before, after] = [await signInAsGuest(server.url), await signInAsGuest(server.url)]
    const shown = await customerOf(server.url, before)
    const read = await fetch(`${server.url}/trpc/billing.balance`, {
      headers: { authorization: `Bearer ${after.token}`, 'x-acting-for': shown },
    })
    expect(read.status).toBe(409)
  })
})
