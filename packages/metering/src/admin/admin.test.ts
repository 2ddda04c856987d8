import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { beginRun } from '../fixtures/begin-run.ts'
import { expectInvariants } from '../fixtures/expect-invariants.ts'
import { kindOf } from '../fixtures/kind-of.ts'
import {
  createMeteringFixture,
  imageCall,
  type MeteringFixture,
  newCustomer,
} from '../fixtures/metering-fixture.ts'
import { inspectOperation } from './inspect-operation.ts'
import { releaseHold } from './release-hold.ts'
import { replayQuarantined } from './replay-quarantined.ts'
import { quarantineEvent } from './quarantine-event.ts'

let fixture: MeteringFixture
beforeAll(async () => {
  fixture = await createMeteringFixture({ policy: { refusalsMax: 1 } })
})
afterAll(async () => {
  await expectInvariants(fixture.database)
  await fixture.drop()
})

describe('an operator', () => {
  it('releases a stuck hold, and its process can no longer charge', async () => {
    const customer = newCustomer()
    const { operation, settle } = await beginRun(fixture.metering, imageCall(customer))
    expect(await releaseHold(fixture.database, operation.operationId)).toBe('released')
    expect(await releaseHold(fixture.database, operation.operationId)).toBe('voided')
    expect(await kindOf(settle('too late'))).toBe('hold_expired')
    const found = await inspectOperation(fixture.database, operation.operationId)
    expect(found).toMatchObject({ state: 'voided', holds: [{ state: 'released' }] })
  })

  it('sends a quarantined event again, and it counts once', async () => {
    const customer = newCustomer()
    await fixture.metering.run(imageCall(customer), async () => 1)
    fixture.backend.faults = { event: () => 'refuse' }
    await fixture.metering.drain()
    fixture.backend.faults = {}
    expect(await replayQuarantined(fixture.database)).toBe(1)
    await fixture.metering.drain()
    expect(fixture.backend.availableOf(customer.customerId, 'image_generations')).toBe(9)
  })

  it('quarantines an event that the backend never acknowledges, after which its customer can be read again', async () => {
    const customer = newCustomer()
    await fixture.metering.run(imageCall(customer), async () => 1)
    fixture.backend.faults = { event: () => 'lose-answer' }
    await fixture.metering.drain()
    expect(await kindOf(fixture.metering.sync(customer))).toBe('billing_unavailable')
    const [event] = [...fixture.backend.events.values()].filter(
      ({ customerId }) => customerId === customer.customerId,
    )
    expect(await quarantineEvent(fixture.database, event?.transactionId ?? '')).toBe(true)
    fixture.backend.grant(customer.customerId, 'image_generations', 5)
    const images = async () =>
      (await fixture.metering.sync(customer)).find(({ meter }) => meter === 'image_generations')
    expect(await images()).toMatchObject({ granted: 15, remaining: 13 })
    fixture.backend.faults = {}
    expect(await replayQuarantined(fixture.database, event?.transactionId)).toBe(1)
    await fixture.metering.drain()
    expect(await images()).toMatchObject({ granted: 15, used: 1, remaining: 14 })
  })

  it('finds nothing where there is nothing', async () => {
    expect(await inspectOperation(fixture.database, 'no such thing')).toBeNull()
    expect(await releaseHold(fixture.database, 'no such thing')).toBe('unknown')
    expect(await quarantineEvent(fixture.database, 'no such thing')).toBe(false)
  })
})
