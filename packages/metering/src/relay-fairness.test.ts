import { type BillingBackend, BillingBackendError, type BillingCustomer } from '@tollgate/contract'
import { catalog } from '@tollgate/contract/catalog'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { assembleMetering } from './assemble-metering.ts'
import { chargeWithoutSubscription } from './fixtures/charge-without-subscription.ts'
import { expectInvariants } from './fixtures/expect-invariants.ts'
import {
  createMeteringFixture,
  imageCall,
  type MeteringFixture,
  newCustomer,
} from './fixtures/metering-fixture.ts'

let fixture: MeteringFixture
beforeAll(async () => {
  fixture = await createMeteringFixture({ policy: { relayMs: 50 } })
})
afterAll(async () => {
  await fixture.metering.drain()
  await expectInvariants(fixture.database)
  await fixture.drop()
})

const deliveredOf = ({ customerId }: BillingCustomer) =>
  [...fixture.backend.events.values()].filter((event) => event.customerId === customerId).length

/** The same backend, except that some customers cannot be read. */
function unreadable(
  isRead: (customer: BillingCustomer) => Promise<boolean>,
): Pick<BillingBackend, 'readCustomer' | 'deliverUsage'> {
  return {
    deliverUsage: fixture.backend.deliverUsage,
    async readCustomer(customer, options) {
      if (await isRead(customer)) return fixture.backend.readCustomer(customer, options)
      throw new BillingBackendError('unreachable', 'This customer cannot be read.')
    },
  }
}

describe('a relay', () => {
  it('delivers the events of a customer who is read again and again by several processes', async () => {
    const customer = newCustomer()
    fixture.backend.faults = {
      before: (request) =>
        request === 'read' ? new Promise((resolve) => setTimeout(resolve, 250)) : Promise.resolve(),
    }
    const [one, other] = [fixture.another(), fixture.another()]
    for (const metering of [one, other]) await metering.start()
    let isOver = false
    const reading = [one, other].map(async (metering) => {
      while (!isOver) await metering.sync(customer).catch(() => {})
    })
    for (let made = 0; made < 5; made += 1) await one.run(imageCall(customer), async () => made)
    await expect.poll(() => deliveredOf(customer), { timeout: 20_000 }).toBe(5)
    isOver = true
    fixture.backend.faults = {}
    await Promise.all(reading)
    for (const metering of [one, other]) await metering.stop()
  })

  it('reads a customer behind forty that cannot be read, each in its turn', async () => {
    const customers = Array.from({ length: 41 }, () => newCustomer())
    const sorted = customers.toSorted((a, b) => (a.customerId < b.customerId ? -1 : 1))
    const healthy = sorted[40] ?? newCustomer()
    for (const customer of customers) await chargeWithoutSubscription(fixture.database, customer)
    const asked: string[] = []
    const { relay } = assembleMetering({
      database: fixture.database,
      backend: {
        ...fixture.backend,
        ...unreadable(async ({ customerId }) => {
          asked.push(customerId)
          return customerId === healthy.customerId
        }),
      },
      catalog,
      secret: 'a secret of at least thirty-two characters',
      policy: { backoffMs: { first: 60_000, longest: 300_000 } },
    })
    for (let round = 0; round < 5; round += 1) await relay.syncOnce()
    // None is read twice while others wait, and nearly all are read; a busy machine may miss some.
    expect(new Set(asked).size).toBe(asked.length)
    expect(asked.length).toBeGreaterThan(30)
    expect(await relay.syncOnce()).toBe(0)
    for (let round = 0; round < 5 && deliveredOf(healthy) === 0; round += 1) {
      await relay.deliverOnce()
      await fixture.advance(61_000)
      await relay.syncOnce()
    }
    expect(deliveredOf(healthy)).toBe(1)
  })

  it('delivers while the backend hangs on customers that wait to be read', async () => {
    const [stuck, healthy] = [newCustomer(), newCustomer()]
    await fixture.advance(400_000)
    await chargeWithoutSubscription(fixture.database, stuck)
    await fixture.metering.sync(healthy)
    let answer: (isRead: boolean) => void = () => {}
    let isAsked = false
    const metering = fixture.another(
      {},
      {
        backend: {
          ...fixture.backend,
          ...unreadable(({ customerId }) => {
            if (customerId !== stuck.customerId) return Promise.resolve(true)
            isAsked = true
            return new Promise((resolve) => {
              answer = resolve
            })
          }),
        },
      },
    )
    await metering.start()
    await expect.poll(() => isAsked).toBe(true)
    await metering.run(imageCall(healthy), async () => 1)
    await expect.poll(() => deliveredOf(healthy)).toBe(1)
    answer(true)
    await metering.stop()
  })
})
