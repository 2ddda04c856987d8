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

const MONTH_MS = 31 * 86_400_000
const METER = 'api_calls'

let fixture: MeteringFixture
beforeAll(async () => {
  fixture = await createMeteringFixture()
  await fixture.advanceToMidMonth()
})
afterAll(async () => {
  await expectInvariants(fixture.database)
  await fixture.drop()
})

const call = (customer: BillingCustomer, hold = 1) =>
  imageCall(customer, { charges: [{ meter: METER, hold }] })
const use = (customer: BillingCustomer, hold = 1) =>
  kindOf(fixture.metering.run(call(customer, hold), async () => 'done'))
const allow = (customer: BillingCustomer, cap: number | null) =>
  fixture.metering.setSpendCap(customer, { meter: METER, cap })

describe('a customer’s own cap for the month', () => {
  it('refuses what would pass it, though the credits are there, and says how to go on', async () => {
    const customer = newCustomer()
    await allow(customer, 5)
    expect(await use(customer, 3)).toBe('answered')
    await expect(fixture.metering.run(call(customer, 3), async () => 'done')).rejects.toMatchObject(
      {
        billing: { kind: 'spend_cap', meter: METER, required: 3, cap: 5, left: 2, charged: false },
      },
    )
    expect(await use(customer, 2)).toBe('answered')
    expect(await fixture.metering.spendCaps(customer.customerId)).toEqual([
      { meter: METER, cap: 5, spent: 5, resetsAt: expect.stringMatching(/-01T00:00:00.000Z$/) },
    ])
  })

  it('lets exactly forty of two hundred concurrent calls through, over two processes', async () => {
    const customer = newCustomer()
    await allow(customer, 40)
    const processes = [fixture.metering, fixture.another()]
    const outcomes = await Promise.all(
      Array.from({ length: 200 }, (_, n) =>
        kindOf((processes[n % 2] ?? fixture.metering).run(call(customer), async () => n)),
      ),
    )
    expect(outcomes.filter((outcome) => outcome === 'answered')).toHaveLength(40)
    expect(outcomes.filter((outcome) => outcome === 'spend_cap')).toHaveLength(160)
  })

  it('counts what is only held, and forgets it when it is released', async () => {
    const customer = newCustomer()
    await allow(customer, 3)
    const { release } = await beginRun(fixture.metering, call(customer, 3))
    expect(await use(customer)).toBe('spend_cap')
    await release()
    expect(await use(customer, 3)).toBe('answered')
  })

  it('counts what was charged this month before it was set', async () => {
    const customer = newCustomer()
    await use(customer, 4)
    await allow(customer, 5)
    expect(await fixture.metering.spendCaps(customer.customerId)).toMatchObject([{ spent: 4 }])
    expect(await use(customer, 2)).toBe('spend_cap')
  })

  it('can be raised and taken away at once', async () => {
    const customer = newCustomer()
    await allow(customer, 0)
    expect(await use(customer)).toBe('spend_cap')
    await allow(customer, 1)
    expect(await use(customer)).toBe('answered')
    expect(await use(customer)).toBe('spend_cap')
    await allow(customer, null)
    expect(await use(customer, 50)).toBe('answered')
    expect(await fixture.metering.spendCaps(customer.customerId)).toEqual([])
  })

  it('is about one meter, and does not hide that credits are missing', async () => {
    const customer = newCustomer()
    await allow(customer, 0)
    expect(await kindOf(fixture.metering.run(imageCall(customer), async () => 'done'))).toBe(
      'answered',
    )
    expect(await use(customer, 101)).toBe('insufficient_credits')
  })

  it('does not let a stream grow past it', async () => {
    const customer = newCustomer()
    await allow(customer, 12)
    const stream = await fixture.metering.run(
      { ...call(customer, 10), settle: 'reported' },
      async function* ({ report }) {
        for (let used = 1; used <= 50; used += 1) {
          report(used)
          yield used
        }
      },
    )
    await kindOf(readAll(stream.chunks))
    const [cap] = await fixture.metering.spendCaps(customer.customerId)
    expect(cap?.spent).toBeGreaterThanOrEqual(10)
    expect(cap?.spent).toBeLessThanOrEqual(12)
  })

  it('resets with the next month', async () => {
    const customer = newCustomer()
    await allow(customer, 2)
    await use(customer, 2)
    await fixture.advance(MONTH_MS)
    expect(await use(customer, 2)).toBe('answered')
    expect(await use(customer)).toBe('spend_cap')
    expect(await fixture.metering.spendCaps(customer.customerId)).toMatchObject([{ spent: 2 }])
  })
})

async function readAll(chunks: AsyncIterable<unknown>): Promise<void> {
  for await (const _ of chunks);
}
