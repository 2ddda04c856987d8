import { BillingBackendError, type BillingCustomer } from '@tollgate/contract'
import type { Database } from '@tollgate/database'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
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
  await fixture.metering.stop()
  await fixture.drop()
})

const IMAGES = 'image_generations'

/** Moves all remaining credits at the backend. */
function moveAll(from: BillingCustomer, to: BillingCustomer) {
  return async () => {
    const { backend } = fixture
    const left = backend.availableOf(from.customerId, IMAGES)
    backend.grant(from.customerId, IMAGES, -left)
    backend.grant(to.customerId, IMAGES, left)
  }
}

/** A process's database that calls `happen` after every attempt to claim a customer. */
function afterEachClaim(happen: () => unknown): Database {
  const query: Database['query'] = async (statement) => {
    const rows = await fixture.database.query<never>(statement)
    if (statement.name === 'metering.claim_customer') happen()
    return rows
  }
  return { ...fixture.database, query }
}

async function remaining(customer: BillingCustomer): Promise<number | undefined> {
  const balances = await fixture.metering.balances(customer)
  return balances.find(({ meter }) => meter === IMAGES)?.remaining
}

describe('handing a customer over', () => {
  it('delivers its usage first, so that only what is left moves', async () => {
    const [from, to] = [newCustomer(), newCustomer()]
    for (let count = 0; count < 3; count++) {
      await fixture.metering.run(imageCall(from), async () => 'a fox')
    }
    expect(await fixture.metering.handOver({ from, to, move: moveAll(from, to) })).toBe('moved')
    expect([await remaining(from), await remaining(to)]).toEqual([0, 17])
  })

  it('is refused while an operation holds credits, which changes nothing', async () => {
    const [from, to] = [newCustomer(), newCustomer()]
    let finish = () => {}
    const running = new Promise<void>((resolve) => (finish = resolve))
    let begun = () => {}
    const started = new Promise<void>((resolve) => (begun = resolve))
    const call = fixture.metering.run(imageCall(from), async () => {
      begun()
      await running
      return 'a fox'
    })
    await started
    expect(await fixture.metering.handOver({ from, to, move: moveAll(from, to) })).toBe('running')
    finish()
    await call
    expect([await remaining(from), await remaining(to)]).toEqual([9, 10])
  })

  it('lets no call spend the credits that are on their way', async () => {
    const [from, to] = [newCustomer(), newCustomer()]
    const waiting = new Set<number>()
    const run = (n: number) => {
      const database = afterEachClaim(() => waiting.add(n))
      return fixture.another({}, { database }).run(imageCall(from), async () => 'a fox')
    }
    let calls: Promise<PromiseSettledResult<unknown>[]> = Promise.resolve([])
    const move = async () => {
      calls = Promise.allSettled([1, 2, 3, 4, 5].map(run))
      await expect.poll(() => waiting.size).toBe(5)
      await moveAll(from, to)()
    }
    expect(await fixture.metering.handOver({ from, to, move })).toBe('moved')
    expect((await calls).map(({ status }) => status)).toEqual(Array(5).fill('rejected'))
    expect([await remaining(from), await remaining(to)]).toEqual([0, 20])
  })

  it('leaves the credits where they were when the backend refuses', async () => {
    const [from, to] = [newCustomer(), newCustomer()]
    const move = () => Promise.reject(new BillingBackendError('refused', 'Both have a paid plan.'))
    await expect(fixture.metering.handOver({ from, to, move })).rejects.toMatchObject({
      code: 'refused',
    })
    expect([await remaining(from), await remaining(to)]).toEqual([10, 10])
    await fixture.metering.run(imageCall(from), async () => 'a fox')
  })
})
