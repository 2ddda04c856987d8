import type { BalanceSource, CustomerBilling } from '@tollgate/contract'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expectInvariants } from './fixtures/expect-invariants.ts'
import {
  createMeteringFixture,
  imageCall,
  type MeteringFixture,
  newCustomer,
} from './fixtures/metering-fixture.ts'
import { readLedger } from './fixtures/read-ledger.ts'

let fixture: MeteringFixture
beforeAll(async () => {
  fixture = await createMeteringFixture()
})
afterAll(async () => {
  await expectInvariants(fixture.database)
  await fixture.drop()
})

describe('the ledger of an unlimited meter', () => {
  it('has no line for credits that the backend grants to cover what was used', async () => {
    const { customer, metering, use, ledgerOf } = await openUnlimited()
    for (const amount of [3, 2]) {
      await use(amount)
      await metering.sync(customer)
    }
    expect(await ledgerOf()).toEqual(['plan 100', 'charge 3', 'charge 2'])
  })

  it('adds up once there is a limit again, without what was covered until then', async () => {
    const { use, ledgerOf, setUnlimited } = await openUnlimited()
    await use(3)
    await setUnlimited(false)
    await use(4)
    expect(await ledgerOf()).toEqual(['plan 100', 'charge 3', 'charge 4'])
  })

  it('still lists credits that were bought', async () => {
    const { customer, metering, use, ledgerOf, buy } = await openUnlimited()
    await use(3)
    buy(50)
    await metering.sync(customer)
    expect(await ledgerOf()).toEqual(['plan 100', 'charge 3', 'purchase 50'])
  })
})

/** A customer whose plan covers all API calls the way our own backend does it: by a grant that grows with usage. */
async function openUnlimited() {
  const customer = newCustomer()
  const { customerId } = customer
  const { backend } = fixture
  let covered = 0
  let bought = 0
  let isUnlimited = true

  async function readCustomer(): Promise<CustomerBilling> {
    const billing = await backend.readCustomer(customer)
    const used = [...backend.events.values()].filter((event) => event.customerId === customerId)
    const total = used.reduce((sum, { amount }) => sum + amount, 0)
    const meters = billing.meters.map((standing) =>
      standing.meter === 'api_calls'
        ? {
            ...standing,
            available: 100 + bought + covered - total,
            granted: 100 + bought + covered,
            breakdown: breakdownOf({ covered, bought }),
          }
        : standing,
    )
    return { ...billing, features: isUnlimited ? ['unlimited_api_calls'] : [], meters }
  }

  const metering = fixture.another({}, { backend: { ...backend, readCustomer } })
  await metering.sync(customer)
  return {
    customer,
    metering,
    async use(hold: number) {
      if (isUnlimited) covered += hold
      const charges = [{ meter: 'api_calls' as const, hold }]
      await metering.run(imageCall(customer, { charges }), async () => 1)
      await metering.drain()
    },
    buy(amount: number) {
      bought += amount
    },
    async setUnlimited(value: boolean) {
      isUnlimited = value
      await metering.sync(customer)
    },
    async ledgerOf() {
      const items = await readLedger(metering, customerId)
      return items
        .filter(({ meter }) => meter === 'api_calls')
        .map((item) =>
          item.kind === 'change' ? `${item.reason} ${item.amount}` : `charge ${item.amount}`,
        )
    },
  }
}

function breakdownOf(said: { covered: number; bought: number }): BalanceSource[] {
  const expiresAt = '2027-01-01T00:00:00.000Z'
  const given = { granted: 100, remaining: 100, expiresAt: null }
  const cover = { granted: said.covered, remaining: 0, expiresAt }
  const topUp = { granted: said.bought, remaining: said.bought, expiresAt: null }
  return [
    { source: 'plan' as const, name: 'Scale', ...given },
    { source: 'plan' as const, name: 'Unlimited API calls', ...cover },
    { source: 'topup' as const, name: 'Fifty', ...topUp },
  ].filter(({ granted }) => granted > 0)
}
