import type { CallSubject } from '@tollgate/contract'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Caller } from '../context.ts'
import { createApiFixture, errorOf, newCustomer } from '../fixtures/api-fixture.ts'

let fixture: Awaited<ReturnType<typeof createApiFixture>>
beforeAll(async () => {
  fixture = await createApiFixture()
})
afterAll(() => fixture[Symbol.asyncDispose]())

/** A key and the runs below it, each started by the previous one. */
const LINEAGE = [
  { kind: 'key', id: 'k1' },
  { kind: 'run', id: 'r1' },
  { kind: 'run', id: 'r2' },
  { kind: 'run', id: 'r3' },
] as const

describe('a limit of two calls', () => {
  it('of a member refuses the third call of that member and no call of another', async () => {
    const { customer, callAs } = openTeam()
    await limitTo(2, customer, { kind: 'member', id: 'ada' })
    const member = (id: string) => ({ user: { id, membership: MEMBERSHIP } })
    expect(await callAs(member('ada'))).toBe('answered')
    expect(await callAs(member('ada'))).toBe('answered')
    expect(await callAs(member('ada'))).toBe('limit')
    expect(await callAs(member('bob'))).toBe('answered')
  })

  it('of an API key refuses the third call with that key and no call without it', async () => {
    const { customer, callAs } = openTeam()
    await limitTo(2, customer, { kind: 'key', id: 'k1' })
    const withKey = { apiKey: { id: 'k1', procedures: null, meters: null } }
    expect(await callAs(withKey)).toBe('answered')
    expect(await callAs(withKey)).toBe('answered')
    expect(await callAs(withKey)).toBe('limit')
    expect(await callAs({})).toBe('answered')
  })

  it.each([...LINEAGE])(
    'of an ancestor, or of its own, refuses the third call of a run: $kind $id',
    async (subject) => {
      const { customer, callAs } = openTeam()
      for (const one of LINEAGE) await limitTo(one === subject ? 2 : 9, customer, one)
      const key = { id: 'k1', procedures: null, meters: null }
      const withRun = { apiKey: { ...key, runs: ['r1', 'r2', 'r3'] } }
      expect(await callAs(withRun)).toBe('answered')
      expect(await callAs(withRun)).toBe('answered')
      expect(await callAs(withRun)).toBe('limit')
      expect(await callAs({})).toBe('answered')
    },
  )
})

const MEMBERSHIP = {
  organizationId: 'org_1',
  role: 'member',
  mayBuy: false,
  maySpend: true,
}

type As = Pick<Caller, 'user' | 'apiKey'>

function openTeam() {
  const customer = newCustomer()
  async function callAs(as: As): Promise<string> {
    const response = await fixture.post('tools.qrCode', { text: 'hello' }, { customer, as })
    return response.ok ? 'answered' : ((await errorOf(response)).billing?.kind ?? 'unforeseen')
  }
  return { customer, callAs }
}

function limitTo(amount: number, customer: ReturnType<typeof newCustomer>, subject: CallSubject) {
  return fixture.metering.limits.set({
    customer,
    subject,
    meter: 'api_calls',
    amount,
    period: null,
  })
}
