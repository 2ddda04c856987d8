import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expectBooksRight } from './fixtures/expect-books-right.ts'
import { kindOf } from './fixtures/kind-of.ts'
import {
  createMeteringFixture,
  imageCall,
  type MeteringFixture,
  newCustomer,
  newKey,
} from './fixtures/metering-fixture.ts'

let fixture: MeteringFixture
beforeAll(async () => {
  fixture = await createMeteringFixture()
})
afterAll(async () => {
  await expectBooksRight(fixture.database)
  await fixture.drop()
})

describe('activity', () => {
  it('lists charges and releases newest first, page by page, each once', async () => {
    const customer = newCustomer()
    await fixture.metering.run(imageCall(customer), async () => 1)
    await kindOf(
      fixture.metering.run(imageCall(customer), () => Promise.reject(new Error('no paint'))),
    )
    await fixture.metering.run(imageCall(customer), async () => 3)
    const first = await fixture.metering.activity(customer.customerId, { limit: 2 })
    const cursor = first.nextCursor ?? 'there is none'
    const second = await fixture.metering.activity(customer.customerId, { limit: 2, cursor })
    expect([...first.items, ...second.items]).toMatchObject([
      { status: 'charged', amount: 1, balanceAfter: 8, procedure: 'images.generate' },
      { status: 'released', amount: 0 },
      { status: 'charged', amount: 1, balanceAfter: 9 },
    ])
    expect(second.nextCursor).toBeNull()
  })

  it('sums up what was charged per day and meter, and nothing that was released', async () => {
    const customer = newCustomer()
    await fixture.metering.run(imageCall(customer), async () => 1)
    await fixture.metering.run(imageCall(customer), async () => 2)
    await kindOf(
      fixture.metering.run(imageCall(customer), () => Promise.reject(new Error('no paint'))),
    )
    const [started] = (await fixture.metering.activity(customer.customerId, { limit: 1 })).items
    expect(await fixture.metering.history(customer.customerId, { days: 30 })).toEqual([
      { day: started?.startedAt.slice(0, 10), meter: 'image_generations', amount: 2 },
    ])
    expect(await fixture.metering.history(newCustomer().customerId, { days: 30 })).toEqual([])
  })

  it('shows a customer nothing of another', async () => {
    const [mine, theirs] = [newCustomer(), newCustomer()]
    const key = newKey()
    await fixture.metering.run(imageCall(theirs, { key }), async () => 1)
    expect((await fixture.metering.activity(mine.customerId, { limit: 10 })).items).toEqual([])
    expect(await fixture.metering.operation(mine.customerId, key)).toBeNull()
  })

  it('finds an operation by its key, running and done', async () => {
    const call = imageCall(newCustomer())
    const status = () => fixture.metering.operation(call.customer.customerId, call.key)
    await fixture.metering.run(call, async () => {
      expect(await status()).toMatchObject({ state: 'executing', endedAt: null })
    })
    expect(await status()).toMatchObject({
      state: 'settled',
      attempt: 1,
      charges: [{ meter: 'image_generations', held: 1, charged: 1 }],
    })
  })
})
