import type { BillingCustomer } from '@tollgate/contract'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  createMeteringFixture,
  imageCall,
  type MeteringFixture,
  newCustomer,
} from '../fixtures/metering-fixture.ts'
import { createUsageChangeFeed, type UsageChangeFeed } from './create-usage-change-feed.ts'

let fixture: MeteringFixture
let feed: UsageChangeFeed
beforeAll(async () => {
  fixture = await createMeteringFixture()
  feed = createUsageChangeFeed({ database: fixture.database })
})
afterAll(() => fixture.drop())

const CLAIM = { limit: 100, claimMs: 15_000 }
const METER = 'image_generations'

async function use(customer: BillingCustomer, amount: number): Promise<void> {
  const charges = [{ meter: METER, hold: amount }]
  await fixture.metering.run(imageCall(customer, { charges }), async () => 'done')
}

/** One customer's claimed change, if any. */
async function claimOf({ customerId }: BillingCustomer) {
  const changes = await feed.claim(CLAIM)
  return changes.filter((change) => change.customerId === customerId)
}

describe('the feed of usage changes', () => {
  it('has a customer once its charge has arrived at the backend, with what is used by then', async () => {
    const customer = newCustomer()
    await use(customer, 2)
    await feed.acknowledge(await claimOf(customer))
    await use(customer, 3)
    expect(await claimOf(customer)).toEqual([])
    await fixture.metering.drain()
    const [change] = await claimOf(customer)
    const meter = change?.meters.find((one) => one.meter === METER)
    expect(meter).toMatchObject({ granted: 10, used: 5, percentUsed: 50 })
  })

  it('has a customer whose grants changed, without any charge', async () => {
    const customer = newCustomer()
    await fixture.metering.balances(customer)
    await feed.acknowledge(await claimOf(customer))
    fixture.backend.grant(customer.customerId, METER, 50)
    await fixture.metering.sync(customer)
    const [change] = await claimOf(customer)
    expect(change?.meters.find((one) => one.meter === METER)).toMatchObject({ granted: 60 })
  })

  it('gives one change to one of ten consumers', async () => {
    const customer = newCustomer()
    await use(customer, 1)
    await fixture.metering.drain()
    const claimed = await Promise.all(Array.from({ length: 10 }, () => claimOf(customer)))
    expect(claimed.flat()).toHaveLength(1)
  })

  it('gives a change again when its consumer does not acknowledge it in time, and not before', async () => {
    const customer = newCustomer()
    await use(customer, 1)
    await fixture.metering.drain()
    expect(await claimOf(customer)).toHaveLength(1)
    expect(await claimOf(customer)).toEqual([])
    await fixture.advance(CLAIM.claimMs + 1)
    const again = await claimOf(customer)
    expect(again).toHaveLength(1)
    await feed.acknowledge(again)
    await fixture.advance(CLAIM.claimMs + 1)
    expect(await claimOf(customer)).toEqual([])
  })

  it('keeps a change that came after the claim, also when an old claim is acknowledged late', async () => {
    const customer = newCustomer()
    await use(customer, 1)
    await fixture.metering.drain()
    const first = await claimOf(customer)
    await use(customer, 1)
    await fixture.metering.drain()
    await feed.acknowledge(first)
    const second = await claimOf(customer)
    expect(second).toHaveLength(1)
    await feed.acknowledge(second)
    await use(customer, 1)
    await fixture.metering.drain()
    await feed.acknowledge(first)
    const third = await claimOf(customer)
    expect(third[0]?.meters.find((one) => one.meter === METER)).toMatchObject({ used: 3 })
  })
})
