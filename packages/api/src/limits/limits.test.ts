import { type BillingCustomer, customerId } from '@tollgate/contract'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { ApiKeys } from '../api-keys/api-keys.ts'
import type { Caller } from '../context.ts'
import { createApiFixture, dataOf, errorOf, newCustomer } from '../fixtures/api-fixture.ts'
import { noApiKeys } from '../fixtures/no-api-keys.ts'

const KEY = '0d4a8f7e-9f3b-4c5e-8a3d-1a2b3c4d5e6f'
const KEY_OF_TEAM = '5b1e7c7a-0c0e-4a59-9d0a-7f2f0f6d1c11'
const METER = 'api_calls'

const apiKeys: ApiKeys = {
  ...noApiKeys,
  list: async ({ kind, id }) => {
    if (kind === 'user') return id === 'ada' ? [recordOf(KEY)] : []
    return id === 'org_1' ? [recordOf(KEY_OF_TEAM)] : []
  },
}
const recordOf = (id: string) => ({
  id,
  name: 'Label printer',
  hint: 'abcd',
  procedures: null,
  meters: null,
  createdAt: '2026-11-01T00:00:00.000Z',
  expiresAt: null,
  lastUsedAt: null,
})
const teamMembers = {
  list: async () => ['ada', 'bob'].map((id) => ({ id, name: id, email: `${id}@example.com` })),
}

let fixture: Awaited<ReturnType<typeof createApiFixture>>
beforeAll(async () => {
  fixture = await createApiFixture({ apiKeys, teamMembers })
})
afterAll(() => fixture[Symbol.asyncDispose]())

describe('the limits of an organization', () => {
  it.each(['owner', 'billing'])('are set, raised and removed in the role %s', async (role) => {
    const { customer, as } = openTeam()
    const ofBob = { subject: { kind: 'member', id: 'bob' }, meter: METER }
    const set = (amount: number) =>
      call('set', { ...ofBob, period: 'month', amount }, { customer, as: as('ada', role) })
    const [limit] = await limitsOf(set(1))
    expect(limit).toMatchObject({ ...ofBob, amount: 1, spent: 0, left: 1, period: 'month' })
    expect(limit).toMatchObject({ resetsAt: expect.stringMatching(/-01T00:00:00.000Z$/) })
    const spend = () => draw({ customer, as: as('bob', 'member') })
    expect(await spend()).toBeNull()
    expect(await spend()).toMatchObject({ kind: 'limit', left: 0, subject: ofBob.subject })
    expect(await limitsOf(set(2))).toMatchObject([{ amount: 2, spent: 1, left: 1 }])
    expect(await spend()).toBeNull()
    expect(await limitsOf(call('remove', ofBob, { customer, as: as('ada', role) }))).toEqual([])
    expect(await spend()).toBeNull()
  })

  it.each(['owner', 'billing'])('bound its API keys, by the role %s', async (role) => {
    const { customer, as } = openTeam()
    const ofKey = { subject: { kind: 'key', id: KEY_OF_TEAM }, meter: METER }
    const set = (amount: number) =>
      call('set', { ...ofKey, period: null, amount }, { customer, as: as('ada', role) })
    const apiKey = { id: KEY_OF_TEAM, procedures: null, meters: null }
    const user = { id: 'organization:org_1', membership: null }
    const spend = () => draw({ customer, as: { user, apiKey } })
    expect(await limitsOf(set(1))).toMatchObject([{ ...ofKey, amount: 1, left: 1 }])
    expect(await spend()).toBeNull()
    expect(await spend()).toMatchObject({ kind: 'limit', left: 0, subject: ofKey.subject })
    expect(await limitsOf(set(2))).toMatchObject([{ amount: 2, spent: 1, left: 1 }])
    expect(await spend()).toBeNull()
    expect(await limitsOf(call('remove', ofKey, { customer, as: as('ada', role) }))).toEqual([])
    expect(await spend()).toBeNull()
  })

  it.each(['member', 'viewer'])('are changed by no one in the role %s', async (role) => {
    const { customer, as } = openTeam()
    for (const subject of [
      { kind: 'member', id: 'bob' },
      { kind: 'key', id: KEY_OF_TEAM },
    ]) {
      const name = { subject, meter: METER }
      for (const [path, input] of [
        ['set', { ...name, amount: 1000, period: null }],
        ['remove', name],
      ] as const) {
        const refused = await errorOf(await call(path, input, { customer, as: as('bob', role) }))
        expect(refused).toMatchObject({ status: 403, billing: { needs: 'buying' } })
      }
    }
  })

  it.each(['member', 'viewer'])(
    'are seen in the role %s as far as they are its own',
    async (role) => {
      const { customer, as } = openTeam()
      for (const subject of [
        { kind: 'member', id: 'ada' },
        { kind: 'member', id: 'bob' },
        { kind: 'key', id: KEY_OF_TEAM },
      ]) {
        const input = { subject, meter: METER, amount: 5, period: null }
        await call('set', input, { customer, as: as('ada', 'owner') })
      }
      expect(await listed({ customer, as: as('bob', role) })).toMatchObject([
        { subject: { id: 'bob' }, left: 5, resetsAt: null },
      ])
      expect(await listed({ customer, as: as('ada', 'billing') })).toHaveLength(3)
    },
  )

  it('bound no stranger and no key of a member’s own account', async () => {
    const { customer, as } = openTeam()
    for (const subject of [
      { kind: 'member', id: 'eve' },
      { kind: 'key', id: KEY },
    ]) {
      const input = { subject, meter: METER, amount: 5, period: null }
      const answer = await call('set', input, { customer, as: as('ada', 'owner') })
      expect(answer.status).toBe(404)
    }
  })
})

describe('the limits of a person', () => {
  const ada: Caller['user'] = { id: 'ada', membership: null }

  it('bound its own keys and itself, and no key of another or of an organization', async () => {
    const person = { customer: newCustomer(), as: { user: ada } }
    const set = (subject: object, as = person.as) =>
      call('set', { subject, meter: METER, amount: 5, period: null }, { ...person, as })
    expect((await set({ kind: 'key', id: KEY })).status).toBe(200)
    expect((await set({ kind: 'customer' })).status).toBe(200)
    expect((await set({ kind: 'member', id: 'ada' })).status).toBe(404)
    expect((await set({ kind: 'key', id: KEY_OF_TEAM })).status).toBe(404)
    const bob = { user: { id: 'bob', membership: null } }
    expect((await set({ kind: 'key', id: KEY }, bob)).status).toBe(404)
    expect((await listed(person)).map(({ subject }) => subject)).toEqual([
      { kind: 'customer' },
      { kind: 'key', id: KEY },
    ])
  })

  it.each([
    { wrong: 'a meter that is not sold', change: { meter: 'gold' } },
    { wrong: 'less than nothing', change: { amount: -1 } },
    { wrong: 'a part of a credit', change: { amount: 1.5 } },
    { wrong: 'a period that there is not', change: { period: 'day' } },
    { wrong: 'a run', change: { subject: { kind: 'run', id: 'r1' } } },
    { wrong: 'an id of another shape', change: { subject: { kind: 'key', id: 'a b' } } },
  ])('are not set for $wrong', async ({ change }) => {
    const input = { subject: { kind: 'customer' }, meter: METER, amount: 5, period: null }
    const answer = await call('set', { ...input, ...change }, { as: { user: ada } })
    expect(answer.status).toBe(400)
  })

  it('are closed to the programs that they bound', async () => {
    const apiKey = { id: KEY, procedures: null, meters: null }
    const input = { subject: { kind: 'key', id: KEY }, meter: METER, amount: 500, period: null }
    for (const path of ['set', 'remove'] as const) {
      expect((await call(path, input, { as: { user: ada, apiKey } })).status).toBe(403)
    }
  })
})

describe('a refusal by a limit', () => {
  const wanted = { kind: 'member', id: 'bob' }

  it.each([
    { role: 'member', offers: ['ask_owner', 'wait'] },
    { role: 'billing', offers: ['raise_cap', 'wait'] },
  ])('offers $offers in the role $role', async ({ role, offers }) => {
    const { customer, as } = openTeam()
    const input = { subject: wanted, meter: METER, amount: 0, period: 'month' }
    await call('set', input, { customer, as: as('ada', 'owner') })
    const refusal = await draw({ customer, as: as('bob', role) })
    expect(typesOf(refusal)).toEqual(offers)
  })

  it('leads the owner of an API key to the page where its limit is', async () => {
    const customer = newCustomer()
    const user = { id: 'ada', membership: null }
    const input = { subject: { kind: 'key', id: KEY }, meter: METER, amount: 0, period: null }
    await call('set', input, { customer, as: { user } })
    const refusal = await draw({
      customer,
      as: { user, apiKey: { id: KEY, procedures: null, meters: null } },
    })
    expect(refusal).toMatchObject({
      kind: 'limit',
      actions: [{ type: 'raise_cap', url: 'https://studio.example/account/keys' }],
    })
  })
})

type Call = { customer?: BillingCustomer; as: Pick<Caller, 'user' | 'apiKey'> }

function openTeam() {
  const customer = { ...newCustomer(), customerId: customerId(crypto.randomUUID()) }
  const as = (id: string, role: string) => ({
    user: {
      id,
      membership: {
        organizationId: 'org_1',
        role,
        mayBuy: role === 'owner' || role === 'billing',
        maySpend: role !== 'viewer',
      },
    },
  })
  return { customer, as }
}

function call(path: 'set' | 'remove', input: object, { customer, as }: Call): Promise<Response> {
  return fixture.post(`limits.${path}`, input, { customer: customer ?? newCustomer(), as })
}

const answerSchema = z.object({
  limits: z.array(
    z.looseObject({ subject: z.looseObject({ kind: z.string() }), amount: z.number() }),
  ),
})
type Listed = z.infer<typeof answerSchema>['limits'][number]

async function limitsOf(answer: Response | Promise<Response>): Promise<Listed[]> {
  return answerSchema.parse(await dataOf(await answer)).limits
}

async function listed({ customer, as }: Call): Promise<Listed[]> {
  return limitsOf(fixture.get('limits.list', undefined, customer, {}, as))
}

/** Why a call was refused; null when it succeeded. */
async function draw({ customer, as }: Call) {
  const options = { customer: customer ?? newCustomer(), as }
  const answer = await fixture.post('tools.qrCode', { text: 'hello' }, options)
  return answer.ok ? null : (await errorOf(answer)).billing
}

function typesOf(refusal: Awaited<ReturnType<typeof draw>>): string[] {
  return refusal && 'actions' in refusal ? (refusal.actions ?? []).map(({ type }) => type) : []
}
