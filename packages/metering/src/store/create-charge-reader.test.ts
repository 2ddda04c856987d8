import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { chargeWithoutSubscription } from '../fixtures/charge-without-subscription.ts'
import { expectInvariants } from '../fixtures/expect-invariants.ts'
import {
  createMeteringFixture,
  imageCall,
  type MeteringFixture,
  newCustomer,
  SECRET,
} from '../fixtures/metering-fixture.ts'
import {
  type Charge,
  type ChargeCursor,
  type ChargeReader,
  createChargeReader,
} from './create-charge-reader.ts'

let fixture: MeteringFixture
let reader: ChargeReader
beforeAll(async () => {
  fixture = await createMeteringFixture()
  reader = createChargeReader({ database: fixture.database, secret: SECRET })
})
afterAll(async () => {
  await expectInvariants(fixture.database)
  await fixture.drop()
})

const ALWAYS = { from: 0, until: Date.UTC(2100, 0) }

async function readAll(
  query: Omit<Parameters<ChargeReader['charges']>[0], 'after'>,
): Promise<Charge[][]> {
  const pages: Charge[][] = []
  let after: ChargeCursor | null = null
  do {
    const page: Awaited<ReturnType<ChargeReader['charges']>> = await reader.charges({
      ...query,
      after,
    })
    pages.push(page.charges)
    after = page.next
  } while (after)
  return pages
}

describe('charges', () => {
  it('are listed with the ids the backend has them under, after their events were delivered', async () => {
    const customer = newCustomer()
    const { customerId } = customer
    const charges = [
      { meter: 'image_generations' as const, hold: 1 },
      { meter: 'api_calls' as const, hold: 2 },
    ]
    for (let made = 0; made < 3; made += 1) {
      await fixture.metering.run(imageCall(customer, { charges }), async () => made)
    }
    await fixture.metering
      .run(imageCall(customer), () => Promise.reject(new Error('no paint')))
      .catch(() => {})
    await fixture.metering.drain()
    await fixture.metering.run(imageCall(customer), async () => 'pending')

    const pages = await readAll({ customerId, ...ALWAYS, limit: 2 })
    expect(pages.map((page) => page.length)).toEqual([2, 2, 2, 1])
    const listed = pages.flat()
    const atBackend = [...fixture.backend.events.values()].filter(
      (event) => event.customerId === customerId,
    )
    const essence = ({ transactionId, meter, amount, occurredAt }: (typeof atBackend)[number]) =>
      `${transactionId} ${meter} ${amount} ${occurredAt}`
    const delivered = listed.filter((charge) => charge.delivered)
    expect(
      delivered
        .map(
          (charge) =>
            `${charge.transactionId} ${charge.meter} ${charge.amount} ${charge.occurredAt}`,
        )
        .sort(),
    ).toEqual(atBackend.map(essence).sort())
    expect(listed.filter((charge) => !charge.delivered)).toMatchObject([
      { meter: 'image_generations', amount: 1 },
    ])
    expect(new Set(listed.map(({ subscriptionId }) => subscriptionId)).size).toBe(1)
  })

  it('are listed to the last one, past operations of several meters that cost nothing', async () => {
    const customer = newCustomer()
    const { customerId } = customer
    const charges = [
      { meter: 'image_generations' as const, hold: 1 },
      { meter: 'api_calls' as const, hold: 2 },
    ]
    const free = () =>
      fixture.metering.run(
        imageCall(customer, { charges, settle: 'reported' }),
        async ({ report }) => {
          report(0, 'image_generations')
          report(0, 'api_calls')
        },
      )
    await fixture.metering.run(imageCall(customer), async () => 'first')
    for (let made = 0; made < 3; made += 1) await free()
    await fixture.metering.run(imageCall(customer), async () => 'last')
    const pages = await readAll({ customerId, ...ALWAYS, limit: 1 })
    expect(pages.flat()).toHaveLength(2)
  })

  it('are listed for a span of time, from its first instant and without its last', async () => {
    const customer = newCustomer()
    const { customerId } = customer
    for (let made = 0; made < 3; made += 1) {
      await fixture.metering.run(imageCall(customer), async () => made)
      await fixture.advance(1000)
    }
    const [all = []] = await readAll({ customerId, ...ALWAYS, limit: 100 })
    const [first, second, third] = all.map(({ occurredAt }) => occurredAt)
    const span = { from: second ?? 0, until: third ?? 0 }
    expect(await readAll({ customerId, ...span, limit: 100 })).toEqual([all.slice(1, 2)])
    expect(first).toBeLessThan(second ?? 0)
  })

  it('keep the subscription they were delivered to, though they were let in without one', async () => {
    const customer = newCustomer()
    const { customerId } = customer
    await chargeWithoutSubscription(fixture.database, customer)
    expect(await readAll({ customerId, ...ALWAYS, limit: 9 })).toMatchObject([
      [{ subscriptionId: null, delivered: false }],
    ])
    await fixture.metering.sync(customer)
    await fixture.metering.drain()
    const [[charge] = []] = await readAll({ customerId, ...ALWAYS, limit: 9 })
    expect(charge?.delivered).toBe(true)
    expect(charge?.subscriptionId).toEqual(expect.any(String))
  })
})
