import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expectBooksRight } from '../fixtures/expect-books-right.ts'
import {
  createMeteringFixture,
  type MeteringFixture,
  newCustomer,
} from '../fixtures/metering-fixture.ts'
import { DEFAULT_POLICY } from '../policy.ts'
import { type PlaceElement, placeHolds } from './place-holds.ts'
import { releaseOperations } from './release-operations.ts'
import { settleOperations } from './settle-operations.ts'
import { sweepOperations } from './sweep-operations.ts'

let fixture: MeteringFixture
beforeAll(async () => {
  fixture = await createMeteringFixture()
})
afterAll(async () => {
  await expectBooksRight(fixture.database)
  await fixture.drop()
})

describe('an attempt that is priced otherwise than the one before', () => {
  it('is charged for its own meters only, even when it ends late', async () => {
    const { database } = fixture
    const customer = newCustomer()
    await fixture.metering.sync(customer)
    const operationId = randomUUID()
    const element = (meters: PlaceElement['charges'][number]['meter'][]): PlaceElement => ({
      ...customer,
      operationId,
      procedure: 'images.generate',
      keyHash: operationId,
      fingerprint: 'the same input',
      attemptToken: randomUUID(),
      feature: null,
      leaseMs: 30_000,
      deadlineMs: 60_000,
      openLimit: null,
      charges: meters.map((meter) => ({
        meter,
        hold: 2,
        transactionId: `${operationId}_${meter}`,
      })),
    })
    const place = (call: PlaceElement) => placeHolds(database, [call], DEFAULT_POLICY)
    const ref = { customerId: customer.customerId, operationId }
    await place(element(['image_generations', 'api_calls']))
    await releaseOperations(database, [{ ...ref, fence: 1 }])
    const again = await place(element(['image_generations']))
    expect(again).toMatchObject([{ outcome: 'placed', fence: 2 }])
    await fixture.advance(36_000)
    await sweepOperations(database, { limit: 10, graceMs: 5000 })
    const late = { ...ref, fence: 2, amounts: {}, result: null, resultKeptMs: 1000 }
    expect(await settleOperations(database, [late])).toMatchObject([
      { outcome: 'settled', late: true, charges: [{ meter: 'image_generations', amount: 2 }] },
    ])
  })
})
