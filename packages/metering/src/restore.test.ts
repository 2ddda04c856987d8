import { randomUUID } from 'node:crypto'
import { operationKey } from '@tollgate/contract'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expectBooksRight } from './fixtures/expect-books-right.ts'
import { forgetOperations } from './fixtures/forget-operations.ts'
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
  await expectBooksRight(fixture.database)
  await fixture.drop()
})

describe('a key that is retried after a restore from an older backup', () => {
  it('is charged once at the backend, though the work runs again', async () => {
    const customer = newCustomer()
    const call = imageCall(customer, { key: operationKey(randomUUID()) })
    let runs = 0
    const work = async () => (runs += 1)
    const { operationId } = (await fixture.metering.run(call, work)).receipt
    await fixture.metering.drain()
    await forgetOperations(fixture.url, [operationId])

    const again = await fixture.metering.run(call, work)
    expect(again.receipt.operationId).not.toBe(operationId)
    expect(runs).toBe(2)
    await fixture.metering.drain()
    expect(fixture.backend.availableOf(customer.customerId, 'image_generations')).toBe(9)
    const images = (await fixture.metering.sync(customer)).find(
      ({ meter }) => meter === 'image_generations',
    )
    expect(images).toMatchObject({ remaining: 9 })
  })
})
