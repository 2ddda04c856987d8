import type { BillingCustomer } from '@tollgate/contract'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { beginRun } from './fixtures/begin-run.ts'
import { expectInvariants } from './fixtures/expect-invariants.ts'
import { kindOf } from './fixtures/kind-of.ts'
import {
  createMeteringFixture,
  imageCall,
  type MeteringFixture,
  newCustomer,
} from './fixtures/metering-fixture.ts'
import type { Metering } from './metering.ts'

const DAY_MS = 86_400_000

let fixture: MeteringFixture
beforeAll(async () => {
  fixture = await createMeteringFixture()
})
afterAll(async () => {
  await expectInvariants(fixture.database)
  await fixture.drop()
})

/** A process whose clock is off by this much. */
function processOff(ms: number): Metering {
  return fixture.another({}, { clock: { now: () => new Date(Date.now() + ms) } })
}

async function images(customer: BillingCustomer) {
  const balances = await fixture.metering.balances(customer)
  return balances.find(({ meter }) => meter === 'image_generations')
}

describe('two processes whose clocks are a day off, one each way', () => {
  it('neither end each other’s operations early nor keep them for ever', async () => {
    const [early, late] = [processOff(-DAY_MS), processOff(DAY_MS)]
    for (const [holder, other] of [
      [early, late],
      [late, early],
    ] as const) {
      const customer = newCustomer()
      const call = imageCall(customer)
      await beginRun(holder, call)
      await other.sweep()
      expect(await kindOf(other.run(call, async () => 1))).toBe('in_progress')
      expect(await images(customer)).toMatchObject({ held: 1 })
      await fixture.advance(36_000)
      await other.sweep()
      expect(await images(customer)).toMatchObject({ held: 0, used: 0 })
      expect(await kindOf(other.run(call, async () => 1))).toBe('answered')
    }
  })
})

describe('a database whose clock is set back by ten minutes', () => {
  it('frees a hold late, never early, and charges it once', async () => {
    const customer = newCustomer()
    const call = imageCall(customer)
    const begun = await beginRun(fixture.metering, call)
    await fixture.advance(-600_000)
    await fixture.metering.sweep()
    expect(await kindOf(fixture.metering.run(call, async () => 1))).toBe('in_progress')
    expect(await images(customer)).toMatchObject({ held: 1 })
    const { charges } = await begun.settle('done')
    expect(charges).toEqual([{ meter: 'image_generations', amount: 1 }])
    await fixture.metering.drain()
    await fixture.advance(600_000)
    await fixture.metering.drain()
    expect(await images(customer)).toMatchObject({ held: 0, used: 1, remaining: 9 })
  })
})
