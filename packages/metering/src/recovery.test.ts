import type { BillingCustomer } from '@tollgate/contract'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { beginRun } from './fixtures/begin-run.ts'
import { expectInvariants } from './fixtures/expect-invariants.ts'
import { holdBackBeats } from './fixtures/hold-back-beats.ts'
import { kindOf } from './fixtures/kind-of.ts'
import {
  createMeteringFixture,
  imageCall,
  type MeteringFixture,
  newCustomer,
} from './fixtures/metering-fixture.ts'
import type { BilledCall } from './metering.ts'

/** Lease, grace and sweep of the default policy. */
const UNTIL_SWEPT_MS = 36_000
const HOUR_MS = 3_600_000

let fixture: MeteringFixture
beforeAll(async () => {
  fixture = await createMeteringFixture()
})
afterAll(async () => {
  await expectInvariants(fixture.database)
  await fixture.drop()
})

async function images(customer: BillingCustomer) {
  const balances = await fixture.metering.balances(customer)
  return balances.find(({ meter }) => meter === 'image_generations')
}

/** Milliseconds until the lease ends without another heartbeat. */
async function leaseLeft(operationId: string) {
  const [row] = await fixture.database.query<{ ms: number }>({
    text: `select (extract(epoch from lease_until - metering.clock()) * 1000)::integer as ms
      from metering.operation where operation_id = $1`,
    values: [operationId],
  })
  return row?.ms
}

const begin = (call: BilledCall) => beginRun(fixture.metering, call)

describe('an operation whose process is gone', () => {
  it('gives its hold back after lease and grace, and not before', async () => {
    const customer = newCustomer()
    // An hour each, longer than any step takes even on a slow machine.
    const metering = fixture.another({ leaseMs: HOUR_MS, graceMs: HOUR_MS })
    await beginRun(metering, imageCall(customer, { deadlineMs: 3 * HOUR_MS }))
    await fixture.advance(HOUR_MS)
    await metering.sweep()
    expect(await images(customer)).toMatchObject({ held: 1 })
    await fixture.advance(HOUR_MS + 1)
    await metering.sweep()
    expect(await images(customer)).toMatchObject({ held: 0, used: 0, remaining: 10 })
  })

  it('is taken over by its own key once its lease has expired, with the same hold', async () => {
    const customer = newCustomer()
    const call = imageCall(customer)
    await begin(call)
    expect(await kindOf(fixture.metering.run(call, async () => 1))).toBe('in_progress')
    await fixture.advance(30_001)
    await fixture.metering.run(call, async () => {
      expect(await images(customer)).toMatchObject({ held: 1 })
    })
    expect(await images(customer)).toMatchObject({ held: 0, used: 1 })
  })

  it('cannot charge when another attempt took over', async () => {
    const customer = newCustomer()
    const call = imageCall(customer)
    const zombie = await begin(call)
    await fixture.advance(30_001)
    await fixture.metering.run(call, async () => 'the second')
    expect(await kindOf(zombie.settle('the first'))).toBe('hold_expired')
    expect((await fixture.metering.run(call, async () => 'a third')).output).toBe('the second')
    expect(await images(customer)).toMatchObject({ used: 1, held: 0 })
  })

  it('cannot release what another attempt holds', async () => {
    const customer = newCustomer()
    const call = imageCall(customer)
    const zombie = await begin(call)
    await fixture.advance(30_001)
    await fixture.metering.run(call, async () => {
      await zombie.release()
      expect(await images(customer)).toMatchObject({ held: 1 })
    })
    expect(await images(customer)).toMatchObject({ used: 1 })
  })

  it('is charged when it wakes up and the credits are still there', async () => {
    const customer = newCustomer()
    const late = await begin(imageCall(customer))
    await fixture.advance(UNTIL_SWEPT_MS)
    await fixture.metering.sweep()
    expect((await late.settle('late')).charges).toEqual([{ meter: 'image_generations', amount: 1 }])
    expect(await images(customer)).toMatchObject({ used: 1, held: 0 })
  })

  it('has its result withheld when it wakes up and the credits went elsewhere', async () => {
    const customer = newCustomer()
    const late = await begin(imageCall(customer))
    await fixture.advance(UNTIL_SWEPT_MS)
    await fixture.metering.sweep()
    const charges = [{ meter: 'image_generations' as const, hold: 10 }]
    await fixture.metering.run(imageCall(customer, { charges }), async () => 1)
    expect(await kindOf(late.settle('late'))).toBe('hold_expired')
    expect(await images(customer)).toMatchObject({ used: 10, held: 0, remaining: 0 })
  })

  it('is parked when it ends its process every time', async () => {
    const customer = newCustomer()
    const call = imageCall(customer)
    for (const _attempt of [1, 2, 3]) {
      await begin(call)
      await fixture.advance(UNTIL_SWEPT_MS)
      await fixture.metering.sweep()
    }
    expect(await kindOf(fixture.metering.run(call, async () => 1))).toBe('OPERATION_POISONED')
    expect(await images(customer)).toMatchObject({ used: 0, held: 0 })
  })
})

describe('a running operation', () => {
  it('keeps its hold by its heartbeat for longer than a lease', async () => {
    const customer = newCustomer()
    const patient = fixture.another({ heartbeatMs: 20 })
    await patient.run(imageCall(customer), async ({ operationId }) => {
      for (const _beat of [1, 2, 3]) {
        await fixture.advance(20_000)
        await expect.poll(() => leaseLeft(operationId)).toBeGreaterThan(20_000)
        await fixture.metering.sweep()
      }
      expect(await images(customer)).toMatchObject({ held: 1 })
    })
    expect(await images(customer)).toMatchObject({ used: 1 })
  })

  it('is aborted when its hold is lost', async () => {
    const beats = holdBackBeats(fixture.database)
    const watchful = fixture.another({ heartbeatMs: 20 }, { database: beats.database })
    const { operation } = await beginRun(watchful, imageCall(newCustomer(), { deadlineMs: 60_000 }))
    const { signal } = operation
    await fixture.advance(UNTIL_SWEPT_MS)
    await fixture.metering.sweep()
    expect(signal.aborted).toBe(false)
    beats.letThrough()
    await expect.poll(() => signal.aborted, { timeout: 20_000 }).toBe(true)
    expect(signal.reason).toMatchObject({ code: 'hold_expired' })
  })

  it('is aborted at its deadline', async () => {
    const failing = fixture.metering.run(
      imageCall(newCustomer(), { deadlineMs: 20 }),
      ({ signal }) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => reject(signal.reason))
        }),
    )
    await expect(failing).rejects.toMatchObject({
      code: 'DEADLINE_EXCEEDED',
      message: 'images.generate did not end within 20 ms.',
      cause: { name: 'TimeoutError' },
    })
  })
})

describe('keeping times', () => {
  it('answers that a result is gone, runs nothing and charges nothing more', async () => {
    const customer = newCustomer()
    const call = imageCall(customer)
    await fixture.metering.run(call, async () => 'a picture')
    await fixture.advance(72 * 3_600_000 + 1)
    expect(await kindOf(fixture.metering.run(call, async () => 'again'))).toBe('result_gone')
    expect(await images(customer)).toMatchObject({ used: 1 })
  })
})
