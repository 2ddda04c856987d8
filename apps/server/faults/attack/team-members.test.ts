import { randomUUID } from 'node:crypto'
import { openDatabase } from '@tollgate/database'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { Guest } from '../../fixtures/guest.ts'
import { openBalanceStream } from '../../fixtures/open-balance-stream.ts'
import { enter, newCredentials, postAuth } from '../../fixtures/sign-in-account.ts'
import { startTestServer } from '../../fixtures/start-test-server.ts'
import { createSignInLimits } from '../../src/auth/create-sign-in-limits.ts'
import {
  actFor,
  addMember,
  invite,
  makeTeam,
  type Member,
  removeMember,
  type Role,
  type Team,
} from '../../fixtures/team.ts'
import { ownerInputOf } from './owner-inputs.ts'
import { type Procedure, readProcedures } from './procedures.ts'

const ROLES = ['owner', 'billing', 'member', 'viewer'] as const
const BUYS = new Set([
  'alerts.setPreferences',
  'billing.checkout',
  'billing.openPayment',
  'billing.previewPlanChange',
  'billing.changePlan',
  'billing.cancelPlan',
  'billing.keepPlan',
  'billing.setSpendCap',
  'billing.summary',
  'limits.remove',
  'limits.set',
  'team.openRequests',
  'team.resolveRequest',
])
/** Procedures of owners only; no action of a refusal leads to them. */
const OWNS = new Set(['account.deletion'])
/** Identifiers that do not exist: a role is permitted or refused before they matter. */
const NO_VICTIM = {
  customerId: 'cus_x',
  subscriptionId: 'sub_x',
  key: `op_${randomUUID()}`,
  operationId: randomUUID(),
  cursor: '',
  alertId: 'alert_x',
}

let server: Awaited<ReturnType<typeof startTestServer>>
let team: Team
let members: Record<Role, Member>
let outsider: Guest
beforeAll(async () => {
  server = await startTestServer()
  team = await makeTeam(server.url)
  members = {
    owner: team.owner,
    billing: await addMember(server.url, team, 'billing'),
    member: await addMember(server.url, team, 'member'),
    viewer: await addMember(server.url, team, 'viewer'),
  }
  outsider = await enter(server.url, 'sign-up/email', newCredentials())
}, 120_000)
afterAll(() => server.close())

describe.each(ROLES)('a member in the role %s', (role) => {
  it.each(readProcedures())('is let call $path only if that role may', async (procedure) => {
    const { status, text } = await callAs(members[role], procedure)
    const needs = missing(role, procedure)
    expect(/"needs":"(\w+)"/u.exec(text)?.[1] ?? null, text).toBe(needs)
    const isRefused = needs !== null || (OWNS.has(procedure.path) && role !== 'owner')
    expect(status === 403, text).toBe(isRefused)
    expect(text.includes('ask_owner'), text).toBe(needs === 'buying')
  })
})

describe('someone who is no member', () => {
  it.each([
    { path: 'set-active', body: {} },
    { path: 'invite-member', body: { email: 'a@example.com', role: 'owner' } },
    { path: 'update-member-role', body: { role: 'owner' } },
    { path: 'remove-member', body: {} },
    { path: 'leave', body: {} },
  ])('is refused at $path, whatever it names', async ({ path, body }) => {
    const { organizationId } = team
    const { memberId } = members.member
    const named = { organizationId, memberId, memberIdOrEmail: memberId, ...body }
    const refused = await postAuth(server.url, `organization/${path}`, named, outsider)
    expect([400, 403, 404]).toContain(refused.status)
    expect((await members.member.read('billing.balance')).status).toBe(200)
    expect((await outsider.read('billing.plan')).text).not.toContain(team.customerId)
  })

  it.each(['list-members', 'list-invitations'])('reads nothing from %s', async (path) => {
    const answer = await read(`${path}?organizationId=${team.organizationId}`, outsider)
    expect([400, 403, 404]).toContain(answer.status)
    expect(await answer.text()).not.toContain(members.owner.credentials.email)
  })
})

describe('a member that wants more than its role has', () => {
  it.each(['billing', 'member', 'viewer'] as const)(
    'in the role %s gives no one a role, and removes no one',
    async (role) => {
      const { organizationId } = team
      const { memberId } = members[role]
      const owner = members.owner.memberId
      for (const [path, body] of [
        ['update-member-role', { memberId, role: 'owner' }],
        ['update-member-role', { memberId: owner, role: 'viewer' }],
        ['remove-member', { memberIdOrEmail: owner }],
        ['invite-member', { email: 'friend@example.com', role: 'viewer' }],
      ] as const) {
        const asked = { organizationId, ...body }
        const refused = await postAuth(server.url, `organization/${path}`, asked, members[role])
        expect([400, 401, 403], path).toContain(refused.status)
      }
    },
  )

  it.each(['billing', 'member', 'viewer'] as const)(
    'in the role %s does not find the links of open invitations, which an account with the address would do',
    async (role) => {
      const email = `${randomUUID()}@example.com`
      const id = await invite(server.url, team, { email, role: 'owner' })
      const answer = await read(
        `list-invitations?organizationId=${team.organizationId}`,
        members[role],
      )
      expect(await answer.text()).not.toContain(id)
    },
  )

  it.each(['admin', 'owner,member', ['owner'], '', undefined])(
    'is given no role that is none of ours: %j',
    async (role) => {
      const { organizationId, owner } = team
      const { memberId } = members.member
      const changed = { organizationId, memberId, role }
      const answer = await postAuth(server.url, 'organization/update-member-role', changed, owner)
      expect(answer.status).toBe(400)
      const invited = { organizationId, email: 'friend@example.com', role }
      expect(
        (await postAuth(server.url, 'organization/invite-member', invited, owner)).status,
      ).toBe(400)
    },
  )
})

it.each(['is removed', 'becomes a member', 'deletes its account'] as const)(
  'the invitations of an owner who %s let no one in any more',
  async (end) => {
    const other = await addMember(server.url, team, 'owner')
    const friend = newCredentials()
    const invited = { email: friend.email, role: 'owner' }
    const invitationId = await invite(server.url, { ...team, owner: other }, invited)
    const { organizationId } = team
    if (end === 'is removed') await removeMember(server.url, team, other)
    else if (end === 'becomes a member') {
      const change = { organizationId, memberId: other.memberId, role: 'member' }
      await postAuth(server.url, 'organization/update-member-role', change, team.owner)
    } else {
      await actFor(server.url, other, null)
      await other.call('account.delete', { understood: true })
    }

    const accomplice = await enter(server.url, 'sign-up/email', friend)
    const accepting = { invitationId }
    const answer = await postAuth(
      server.url,
      'organization/accept-invitation',
      accepting,
      accomplice,
    )
    expect(answer.status).toBe(400)
  },
)

it('an address is not flooded with invitations: it gets five a day from one person', async () => {
  const { organizationId, owner } = team
  const send = (email: string) =>
    postAuth(
      server.url,
      'organization/invite-member',
      { organizationId, email, role: 'member' },
      owner,
    )
  const victim = newCredentials().email
  for (let sent = 0; sent < 5; sent += 1) {
    const { id: invitationId } = z
      .object({ id: z.string() })
      .parse(await (await send(victim)).json())
    const cancelled = { invitationId }
    await postAuth(server.url, 'organization/cancel-invitation', cancelled, owner)
  }
  const refused = await send(victim.toUpperCase())
  expect(refused.status).toBe(429)
  expect(refused.headers.get('retry-after')).toMatch(/^\d+$/)
  expect((await send(newCredentials().email)).status).toBe(200)
})

it('an address is not flooded with invitations by many accounts: it gets fifteen a day from all of them', async () => {
  const database = openDatabase({ url: server.config.databaseUrl ?? '' })
  try {
    const limits = createSignInLimits({ database, newCustomersPerDay: 10 })
    const victim = newCredentials().email
    const waits: (number | null)[] = []
    for (let account = 0; account < 4; account += 1) {
      const by = randomUUID()
      for (let sent = 0; sent < 4; sent += 1)
        waits.push(await limits.invitation({ by, email: victim }))
    }
    expect(waits.slice(0, 15)).toEqual(Array.from({ length: 15 }, () => null))
    expect(waits[15]).toBeGreaterThan(0)
    expect(await limits.invitation({ by: randomUUID(), email: newCredentials().email })).toBeNull()
  } finally {
    await database.close()
  }
})

it('an organization is made with nothing but a name, whatever else is sent', async () => {
  const person = await enter(server.url, 'sign-up/email', newCredentials())
  const sent = {
    name: 'Acme',
    slug: 'any',
    id: team.organizationId,
    customerId: team.customerId,
    billingEmail: 'elsewhere@example.com',
    metadata: { credits: 1000 },
    userId: 'another',
  }
  const made = await postAuth(server.url, 'organization/create', sent, person)
  const text = await made.text()
  expect(made.status, text).toBe(200)
  for (const claim of [team.organizationId, team.customerId, 'elsewhere', 'credits', 'another']) {
    expect(text).not.toContain(claim)
  }
})

/** The permission that a role lacks for a procedure; null if it may call it. */
function missing(role: Role, { path, example }: Procedure): 'buying' | 'spending' | null {
  if (BUYS.has(path)) return role === 'member' || role === 'viewer' ? 'buying' : null
  return example !== undefined && role === 'viewer' ? 'spending' : null
}

async function callAs(
  person: Guest,
  procedure: Procedure,
): Promise<{ status: number; text: string }> {
  const { path, type } = procedure
  const input = ownerInputOf(procedure, NO_VICTIM) ?? {}
  if (type === 'mutation') return person.call(path, input)
  if (type === 'query')
    return person.read(`${path}?input=${encodeURIComponent(JSON.stringify(input))}`)
  const stream = await openBalanceStream(server.url, person.token)
  stream.close()
  return { status: 200, text: stream.received() }
}

function read(path: string, { token }: Guest): Promise<Response> {
  const headers = { authorization: `Bearer ${token}` }
  return fetch(`${server.url}/api/auth/organization/${path}`, { headers })
}
