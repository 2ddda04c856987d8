import type { BillingCustomer } from '@tollgate/contract'
import type { Database, Row, Statement } from '@tollgate/database'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expectInvariants } from './fixtures/expect-invariants.ts'
import { kindOf } from './fixtures/kind-of.ts'
import {
  createMeteringFixture,
  imageCall,
  type MeteringFixture,
  newCustomer,
} from './fixtures/metering-fixture.ts'
import type { Metering } from './metering.ts'

const PERIOD_MS = 3_600_000

let fixture: MeteringFixture
beforeAll(async () => {
  // Syncs do not deliver them: they wait for the relay.
  fixture = await createMeteringFixture({ periodMs: PERIOD_MS, policy: { relayMs: PERIOD_MS } })
})
afterAll(async () => {
  await expectInvariants(fixture.database, ['I22'])
  await fixture.drop()
})

const generate = (metering: Metering, customer: BillingCustomer, hold: number) =>
  kindOf(
    metering.run(
      imageCall(customer, { charges: [{ meter: 'image_generations', hold }] }),
      async () => 'a picture',
    ),
  )

/** A customer that was charged in a period that has ended, with the charge not yet delivered. */
async function chargedBefore(amount: number): Promise<BillingCustomer> {
  const customer = newCustomer()
  expect(await generate(fixture.metering, customer, amount)).toBe('answered')
  await fixture.advance(PERIOD_MS)
  return customer
}

/** A process that calls `happen` after every sync that it applies. */
function afterEachReading(happen: () => Promise<unknown>): Metering {
  const database: Database = {
    ...fixture.database,
    async query<R extends Row>(statement: Statement) {
      const rows = await fixture.database.query<R>(statement)
      if (statement.name?.includes('apply_sync')) await happen()
      return rows
    },
  }
  return fixture.another({}, { database })
}

describe('a charge of a period that has ended, delivered after the next one was read', () => {
  it('takes nothing of the new period', async () => {
    const customer = await chargedBefore(8)
    await fixture.metering.sync(customer)
    await fixture.metering.drain()
    expect(await fixture.metering.balances(customer)).toContainEqual(
      expect.objectContaining({ meter: 'image_generations', remaining: 10, used: 0 }),
    )
  })

  it('is no reason to refuse a call that waits for the reading', async () => {
    const customer = await chargedBefore(8)
    const metering = afterEachReading(() => fixture.metering.drain())
    expect(await generate(metering, customer, 5)).toBe('answered')
  })

  it('is no reason to refuse the first piece of a stream', async () => {
    const customer = await chargedBefore(8)
    await fixture.metering.sync(customer)
    const metering = afterEachReading(() => fixture.metering.drain())
    const charges = [{ meter: 'image_generations' as const, hold: 2 }]
    const call = imageCall(customer, { charges, settle: 'reported' })
    const produce = () =>
      metering.run({ ...call, collect: true }, async function* ({ report }) {
        report(5)
        yield 'a picture'
      })
    expect(await kindOf(produce())).toBe('billing_unavailable')
    // The next attempt starts with what was left, and syncs the balance again.
    await expect.poll(() => kindOf(produce())).toBe('answered')
  })
})

describe('a refusal of a balance that became doubtful after each reading', () => {
  it('is 503, and 402 once it is certain', async () => {
    const customer = await chargedBefore(1)
    const metering = afterEachReading(() =>
      fixture.database.query({
        text: 'update metering.customer set doubtful = true where customer_id = $1',
        values: [customer.customerId],
      }),
    )
    expect(await generate(metering, customer, 11)).toBe('billing_unavailable')
    expect(await generate(fixture.metering, customer, 11)).toBe('insufficient_credits')
  })
})
