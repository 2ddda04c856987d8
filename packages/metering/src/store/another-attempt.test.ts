import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expectInvariants } from '../fixtures/expect-invariants.ts'
import {
  createMeteringFixture,
  type MeteringFixture,
  newCustomer,
} from '../fixtures/metering-fixture.ts'
import { fingerprint } from '../keys/fingerprint.ts'
import { DEFAULT_POLICY } from '../policy.ts'
import { applyEach } from './apply-each.ts'
import type { BatchElement, PlaceElement } from './batch-element.ts'

const SAME_INPUT = await fingerprint('images.generate', 'the same input')

let fixture: MeteringFixture
beforeAll(async () => {
  fixture = await createMeteringFixture()
})
afterAll(async () => {
  await expectInvariants(fixture.database)
  await fixture.drop()
})

describe('an attempt that is priced otherwise than the one before', () => {
  it('is charged for its own meters only, even when it ends late', async () => {
    const database = { ...fixture.database, bucketCount: 1 }
    const customer = newCustomer()
    await fixture.metering.sync(customer)
    const operationId = randomUUID()
    const key = randomUUID()
    const element = (meters: PlaceElement['charges'][number]['meter'][]): BatchElement => ({
      kind: 'place',
      ...customer,
      operationId,
      procedure: 'images.generate',
      key,
      fingerprint: SAME_INPUT,
      feature: null,
      subjects: null,
      leaseMs: 30_000,
      deadlineMs: 60_000,
      charges: meters.map((meter) => ({ meter, hold: 2 })),
    })
    const send = (one: BatchElement) => applyEach(database, 0, [one], DEFAULT_POLICY)
    const ref = { customerId: customer.customerId, operationId, meter: null }
    await send(element(['image_generations', 'api_calls']))
    await send({ kind: 'release', ...ref, fence: 1 })
    const again = await send(element(['image_generations']))
    expect(again).toMatchObject([{ answer: { outcome: 'placed', fence: 2 } }])
    await fixture.advance(36_000)
    await fixture.metering.sweep()
    const end = { amounts: {}, result: null, resultKeptMs: 1000 }
    expect(await send({ kind: 'settle', ...ref, fence: 2, ...end })).toMatchObject([
      {
        answer: {
          outcome: 'settled',
          late: true,
          charges: [{ meter: 'image_generations', amount: 2 }],
        },
      },
    ])
  })
})
