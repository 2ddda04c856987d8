import type { BillingCustomer } from '@tollgate/contract'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { expectInvariants } from './fixtures/expect-invariants.ts'
import { kindOf } from './fixtures/kind-of.ts'
import {
  createMeteringFixture,
  imageCall,
  type MeteringFixture,
  newCustomer,
} from './fixtures/metering-fixture.ts'

let fixture: MeteringFixture
beforeAll(async () => {
  fixture = await createMeteringFixture({ policy: { backoffMs: { first: 1000, longest: 1000 } } })
})
afterEach(() => {
  fixture.backend.faults = {}
})
afterAll(async () => {
  await expectInvariants(fixture.database, ['I22'])
  await fixture.drop()
})

const generate = (customer: BillingCustomer) =>
  kindOf(fixture.metering.run(imageCall(customer), async () => 'a picture'))

async function images(customer: BillingCustomer) {
  const balances = await fixture.metering.balances(customer)
  return balances.find(({ meter }) => meter === 'image_generations')
}

/** Charges that the backend recorded but never acknowledged. */
async function chargeUnanswered(customer: BillingCustomer, count: number): Promise<void> {
  for (let made = 0; made < count; made += 1) expect(await generate(customer)).toBe('answered')
  fixture.backend.faults = { event: () => 'lose-answer' }
  await fixture.metering.drain()
}

describe('a balance read while it is not known which charges the backend has', () => {
  it('is not believed: every credit that is there can still be spent', async () => {
    const customer = newCustomer()
    await chargeUnanswered(customer, 6)
    expect(await kindOf(fixture.metering.sync(customer))).toBe('billing_unavailable')
    expect(await images(customer)).toMatchObject({ used: 6, remaining: 4 })
    for (let left = 4; left > 0; left -= 1) expect(await generate(customer)).toBe('answered')
  })

  it('is 503 for a customer without credits, and 402 once that is certain', async () => {
    const customer = newCustomer()
    await chargeUnanswered(customer, 10)
    expect(await generate(customer)).toBe('billing_unavailable')
    fixture.backend.faults = {}
    expect(await generate(customer)).toBe('insufficient_credits')
    expect(await images(customer)).toMatchObject({ used: 10, remaining: 0, overage: 0 })
  })

  it('is exact as soon as the backend has answered for every charge', async () => {
    const customer = newCustomer()
    await chargeUnanswered(customer, 3)
    fixture.backend.faults = {}
    await fixture.metering.sync(customer)
    expect(await images(customer)).toMatchObject({ used: 3, remaining: 7 })
    expect(fixture.backend.availableOf(customer.customerId, 'image_generations')).toBe(7)
  })

  it('is believed when the backend said of a charge that it does not have it', async () => {
    const customer = newCustomer()
    await generate(customer)
    fixture.backend.faults = { event: () => 'refuse' }
    await fixture.metering.drain()
    fixture.backend.grant(customer.customerId, 'image_generations', 5)
    await fixture.metering.sync(customer)
    expect(await images(customer)).toMatchObject({ granted: 15, used: 1, remaining: 14 })
  })

  it('is not believed when a charge was refused that may have arrived before', async () => {
    const customer = newCustomer()
    await chargeUnanswered(customer, 2)
    // It must not be quarantined, however often it is refused while a busy machine drains the relay.
    const metering = fixture.another({ refusalsMax: 1000 })
    fixture.backend.faults = { event: () => 'refuse' }
    expect(await kindOf(metering.sync(customer))).toBe('billing_unavailable')
    await fixture.advance(1001)
    await metering.drain()
    expect(await kindOf(metering.sync(customer))).toBe('billing_unavailable')
    expect(await images(customer)).toMatchObject({ used: 2, remaining: 8 })
    fixture.backend.faults = {}
    await metering.sync(customer)
    expect(await images(customer)).toMatchObject({ used: 2, remaining: 8 })
  })

  it('is believed when a charge is quarantined', async () => {
    const customer = newCustomer()
    await generate(customer)
    fixture.backend.faults = { event: () => 'refuse' }
    for (let refusal = 1; refusal <= 5; refusal += 1) {
      await fixture.metering.drain()
      await fixture.advance(1001)
    }
    await fixture.metering.sync(customer)
    expect(await images(customer)).toMatchObject({ used: 1, remaining: 9 })
  })

  it('does not close the door: the last exact one is good for an hour, and then 503', async () => {
    const customer = newCustomer()
    await chargeUnanswered(customer, 1)
    await fixture.advance(3_500_000)
    expect(await generate(customer)).toBe('answered')
    await fixture.advance(200_000)
    expect(await generate(customer)).toBe('billing_unavailable')
  })

  it('gives no refusal for the plan either', async () => {
    const customer = newCustomer()
    await chargeUnanswered(customer, 1)
    fixture.backend.setFeatures(customer.customerId, ['hd_images'])
    const call = imageCall(customer, { feature: 'hd_images' })
    expect(await kindOf(fixture.metering.run(call, async () => 1))).toBe('billing_unavailable')
    fixture.backend.faults = {}
    expect(await kindOf(fixture.metering.run(call, async () => 1))).toBe('answered')
  })
})

describe('a refusal while the backend is away', () => {
  it('is 503: credits may have been bought that we could not hear of', async () => {
    const customer = newCustomer()
    for (let made = 0; made < 10; made += 1) expect(await generate(customer)).toBe('answered')
    fixture.backend.faults = { failure: 'unreachable' }
    expect(await generate(customer)).toBe('billing_unavailable')
    fixture.backend.faults = {}
    expect(await generate(customer)).toBe('insufficient_credits')
  })
})
