import { randomUUID } from 'node:crypto'
import { operationKey } from '@tollgate/contract'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { acceptRecorded } from './admin/accept-recorded.ts'
import { expectInvariants } from './fixtures/expect-invariants.ts'
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
  await expectInvariants(fixture.database)
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

  it('is charged as the backend recorded it, once an operator accepts that it costs another amount now', async () => {
    const customer = newCustomer()
    const key = operationKey(randomUUID())
    const first = await fixture.metering.run(imageCall(customer, { key }), async () => 1)
    await fixture.metering.drain()
    await forgetOperations(fixture.url, [first.receipt.operationId])
    const charges = [{ meter: 'image_generations' as const, hold: 3 }]
    await fixture.metering.run(imageCall(customer, { key, charges }), async () => 1)
    await fixture.metering.drain()
    const images = async () =>
      (await fixture.metering.sync(customer)).find(({ meter }) => meter === 'image_generations')
    expect(await images()).toMatchObject({ remaining: 6 })
    const [event] = [...fixture.backend.events.values()].filter(
      ({ customerId }) => customerId === customer.customerId,
    )
    const accept = (amount: number) =>
      acceptRecorded(
        fixture.database,
        { transactionId: event?.transactionId ?? '', amount },
        { operator: 'ada', via: 'command', reason: 'restored from a backup' },
      )
    expect(await accept(2)).toBe(false)
    expect(await accept(1)).toBe(true)
    expect(await accept(1)).toBe(false)
    expect(await images()).toMatchObject({ remaining: 9 })
    const { items } = await fixture.metering.ledger(customer.customerId, { limit: 10 })
    expect(items).toContainEqual(
      expect.objectContaining({ kind: 'change', reason: 'adjustment', amount: 2 }),
    )
    await expectInvariants(fixture.database)
  })
})
