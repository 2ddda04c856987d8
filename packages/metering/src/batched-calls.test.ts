import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expectInvariants } from './fixtures/expect-invariants.ts'
import {
  createMeteringFixture,
  imageCall,
  type MeteringFixture,
  newCustomer,
} from './fixtures/metering-fixture.ts'

describe('calls made at the same time', () => {
  let fixture: MeteringFixture
  beforeAll(async () => {
    fixture = await createMeteringFixture()
  })
  afterAll(() => fixture.drop())

  it('are all answered when the database refuses one of them', async () => {
    const { metering, database } = fixture
    const customers = Array.from({ length: 12 }, () => newCustomer())
    for (const customer of customers) await metering.sync(customer)
    // PostgreSQL rejects text with a zero byte, so the whole statement fails.
    const refused = { ...newCustomer(), name: 'zero\u0000byte' }
    const callers = [...customers.slice(0, 6), refused, ...customers.slice(6)]
    const settled = await Promise.allSettled(
      callers.map((customer) => metering.run(imageCall(customer), async () => customer.customerId)),
    )
    const outputs = settled.map((one) => (one.status === 'fulfilled' ? one.value.output : null))
    expect(outputs).toEqual(
      callers.map((customer) => (customer === refused ? null : customer.customerId)),
    )
    await expectInvariants(database)
  })

  it('of one customer get through in the order in which they came, until the balance is used up', async () => {
    const { metering, database } = fixture
    const customer = newCustomer()
    await metering.sync(customer)
    const settled = await Promise.allSettled(
      Array.from({ length: 14 }, (_, n) =>
        metering.run(imageCall(customer, { input: { n } }), async () => n),
      ),
    )
    const through = settled.map(({ status }) => status === 'fulfilled')
    expect(through).toEqual(Array.from({ length: 14 }, (_, n) => n < 10))
    await expectInvariants(database)
  })

  it('with one key in common are charged once', async () => {
    const { metering, database } = fixture
    const customer = newCustomer()
    await metering.sync(customer)
    const call = imageCall(customer)
    const settled = await Promise.allSettled(
      Array.from({ length: 8 }, () => metering.run(call, async () => 'picture')),
    )
    expect(settled.filter(({ status }) => status === 'fulfilled').length).toBeGreaterThanOrEqual(1)
    const balances = await metering.balances(customer)
    expect(balances.find(({ meter }) => meter === 'image_generations')?.remaining).toBe(9)
    await expectInvariants(database)
  })
})
