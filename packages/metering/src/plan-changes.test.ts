import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expectInvariants } from './fixtures/expect-invariants.ts'
import {
  createMeteringFixture,
  imageCall,
  type MeteringFixture,
  newCustomer,
} from './fixtures/metering-fixture.ts'

let fixture: MeteringFixture
beforeAll(async () => {
  fixture = await createMeteringFixture()
})
afterAll(async () => {
  await expectInvariants(fixture.database)
  await fixture.drop()
})

/** The subscriptions that this customer's usage was charged to. */
const chargedTo = (customer: { customerId: string }) =>
  [...fixture.backend.events.values()]
    .filter(({ customerId }) => customerId === customer.customerId)
    .map(({ subscriptionId, amount }) => ({ subscriptionId, amount }))

describe('a plan that changes while an operation runs', () => {
  it('does not move the charge: it belongs to the subscription and the price it was held under', async () => {
    const customer = newCustomer()
    const { customerId } = customer
    await fixture.metering.run(imageCall(customer), async () => {
      fixture.backend.setSubscription(customerId, { id: 'sub_new' })
      await fixture.metering.sync(customer)
    })
    await fixture.metering.run(imageCall(customer), async () => 1)
    await fixture.metering.drain()
    expect(chargedTo(customer)).toEqual([
      { subscriptionId: `sub_${customerId}`, amount: 1 },
      { subscriptionId: 'sub_new', amount: 1 },
    ])
  })

  it('lets it end although the plan no longer includes it', async () => {
    const customer = newCustomer()
    fixture.backend.setFeatures(customer.customerId, ['hd_images'])
    const call = imageCall(customer, { feature: 'hd_images' })
    const { receipt } = await fixture.metering.run(call, async () => {
      fixture.backend.setFeatures(customer.customerId, [])
      await fixture.metering.sync(customer)
    })
    expect(receipt.charges).toEqual([{ meter: 'image_generations', amount: 1 }])
  })

  it('charges what was held although the balance sank to nothing meanwhile', async () => {
    const customer = newCustomer()
    const charges = [{ meter: 'image_generations' as const, hold: 10 }]
    const { receipt } = await fixture.metering.run(imageCall(customer, { charges }), async () => {
      fixture.backend.grant(customer.customerId, 'image_generations', -10)
      await fixture.metering.sync(customer)
    })
    expect(receipt.charges).toEqual([{ meter: 'image_generations', amount: 10 }])
  })

  it('asks the backend again as soon as a period has ended', async () => {
    const customer = newCustomer()
    const { customerId } = customer
    const periodEnd = new Date(Date.now() + 10_000).toISOString()
    fixture.backend.setSubscription(customerId, { id: `sub_${customerId}`, periodEnd })
    await fixture.metering.sync(customer)
    await fixture.advance(10_000)
    fixture.backend.grant(customerId, 'image_generations', 5)
    const balances = await fixture.metering.balances(customer)
    expect(balances.find(({ meter }) => meter === 'image_generations')).toMatchObject({
      granted: 15,
    })
  })
})

describe('a caller who hangs up on work that ignores its signal', () => {
  it('pays for the result, and finds it under the same key', async () => {
    const customer = newCustomer()
    const gone = new AbortController()
    const call = imageCall(customer, { signal: gone.signal })
    const { receipt } = await fixture.metering.run(call, async () => {
      gone.abort()
      return 'a picture'
    })
    expect(receipt.charges).toEqual([{ meter: 'image_generations', amount: 1 }])
    const again = await fixture.metering.run(imageCall(customer, { key: call.key }), async () => 2)
    expect(again).toMatchObject({ output: 'a picture', receipt: { replayed: true } })
  })
})
