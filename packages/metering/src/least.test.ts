import type { BillingCustomer, CallSubject, Receipt } from '@tollgate/contract'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expectInvariants } from './fixtures/expect-invariants.ts'
import { kindOf } from './fixtures/kind-of.ts'
import {
  createMeteringFixture,
  imageCall,
  type MeteringFixture,
  newCustomer,
} from './fixtures/metering-fixture.ts'
import type { BilledCall } from './metering.ts'
import { MeteringError } from './metering-error.ts'

const METER = 'api_calls'
/** The initial balance of every customer of the fixture. */
const WELCOME = 100

let fixture: MeteringFixture
beforeAll(async () => {
  fixture = await createMeteringFixture()
})
afterAll(async () => {
  await expectInvariants(fixture.database)
  await fixture.drop()
})

type Range = { most: number; least: number }

function call(
  customer: BillingCustomer,
  { most, least }: Range,
  overrides: Partial<BilledCall> = {},
) {
  const charges = [{ meter: METER, hold: most, least }]
  return imageCall(customer, { charges, settle: 'reported', ...overrides })
}

/** Streams pieces of these costs; `held` is the hold that the work saw. */
async function stream(billed: BilledCall, pieces: readonly number[]) {
  let held: number | undefined
  const { chunks } = await fixture.metering.run(billed, async function* ({ report, holds }) {
    held = holds[METER]
    let used = 0
    for (const cost of pieces) {
      used += cost
      report(used)
      yield cost
    }
  })
  const delivered: number[] = []
  let receipt: Receipt | null = null
  for await (const chunk of chunks) {
    if (typeof chunk === 'number') delivered.push(chunk)
    else receipt = chunk.receipt
  }
  if (!receipt) throw new Error('The stream ended without a receipt.')
  return { held, delivered, receipt }
}

const balanceOf = async (customer: BillingCustomer) =>
  (await fixture.metering.balances(customer)).find(({ meter }) => meter === METER)

describe('a call that says the least it begins with', () => {
  it('holds the most it wants while that is there', async () => {
    const { held, receipt } = await stream(call(newCustomer(), { most: 60, least: 5 }), [10, 20])
    expect(held).toBe(60)
    expect(receipt.charges).toEqual([{ meter: METER, amount: 30 }])
    expect(receipt).not.toHaveProperty('complete')
    expect(receipt).not.toHaveProperty('more')
  })

  it('begins with what is left, ends cleanly there and says what the rest would have cost', async () => {
    const customer = newCustomer()
    const billed = call(customer, { most: 250, least: 5 })
    const { held, delivered, receipt } = await stream(billed, Array<number>(25).fill(9))
    expect(held).toBe(WELCOME)
    expect(delivered).toHaveLength(11)
    expect(receipt).toMatchObject({
      charges: [{ meter: METER, amount: 99 }],
      complete: false,
      more: { meter: METER, amount: 151 },
    })
    expect(await balanceOf(customer)).toMatchObject({ held: 0, remaining: 1 })
  })

  it('is refused only below its minimum, with what the balance covers', async () => {
    const customer = newCustomer()
    const refused = stream(call(customer, { most: 250, least: 101 }), [1])
    await expect(refused).rejects.toMatchObject({
      billing: { kind: 'insufficient_credits', required: 101, availableBalance: WELCOME },
    })
    expect((await stream(call(customer, { most: 250, least: 100 }), [1])).held).toBe(WELCOME)
  })

  it('begins with what a limit has left, and no more', async () => {
    const customer = newCustomer()
    const subjects: CallSubject[] = [{ kind: 'key', id: 'k1' }]
    const limit = { customer, subject: { kind: 'key', id: 'k1' }, meter: METER } as const
    await fixture.metering.limits.set({ ...limit, amount: 12, period: null })
    const { held, delivered, receipt } = await stream(
      call(customer, { most: 50, least: 4 }, { subjects }),
      [5, 5, 5, 5],
    )
    expect({ held, delivered }).toEqual({ held: 12, delivered: [5, 5] })
    expect(receipt).toMatchObject({ complete: false, more: { amount: 40 } })
    await expect(
      stream(call(customer, { most: 50, least: 4 }, { subjects }), [1]),
    ).rejects.toMatchObject({ billing: { kind: 'limit', required: 4, left: 2 } })
  })

  it('sees what was bought before it begins with less', async () => {
    const customer = newCustomer()
    await fixture.metering.sync(customer)
    fixture.backend.grant(customer.customerId, METER, 200)
    const { held } = await stream(call(customer, { most: 250, least: 5 }), [1])
    expect(held).toBe(250)
  })

  it.each([
    { way: 'all or nothing', least: undefined },
    { way: 'from a least of its own', least: 10 },
  ])(
    'sees what was bought of one meter, held $way, where a limit of another has it begin with less',
    async ({ least }) => {
      const customer = newCustomer()
      await fixture.metering.sync(customer)
      fixture.backend.grant(customer.customerId, 'ai_tokens', 2000)
      const subjects: CallSubject[] = [{ kind: 'key', id: 'k1' }]
      const limit = { customer, subject: { kind: 'key', id: 'k1' }, meter: METER } as const
      await fixture.metering.limits.set({ ...limit, amount: 12, period: null })
      const charges = [
        { meter: METER, hold: 50, least: 4 },
        { meter: 'ai_tokens', hold: 6000, least },
      ]
      const { output } = await fixture.metering.run(
        imageCall(customer, { charges, settle: 'reported', subjects }),
        async ({ holds }) => holds,
      )
      expect(output).toEqual({ [METER]: 12, ai_tokens: 6000 })
    },
  )

  it('that is no stream is given what is there, and charged what it used of it', async () => {
    const customer = newCustomer()
    const { output, receipt } = await fixture.metering.run(
      call(customer, { most: 250, least: 5 }),
      async ({ holds, report }) => {
        report((holds[METER] ?? 0) - 1)
        return holds[METER]
      },
    )
    expect(output).toBe(WELCOME)
    expect(receipt.charges).toEqual([{ meter: METER, amount: WELCOME - 1 }])
  })

  it('says a least that can be charged, and is charged as reported', async () => {
    const customer = newCustomer()
    for (const wrong of [
      call(customer, { most: 5, least: 6 }),
      call(customer, { most: 5, least: 0 }),
      call(customer, { most: 5, least: 1 }, { settle: 'hold' }),
    ]) {
      expect(await kindOf(fixture.metering.run(wrong, async () => 1))).toBe('COST_INVALID')
    }
  })
})

describe('streams that begin with what is left', () => {
  const range = fc
    .tuple(fc.integer({ min: 1, max: 160 }), fc.integer({ min: 1, max: 160 }))
    .map(([one, other]) => ({ most: Math.max(one, other), least: Math.min(one, other) }))
  const pieces = fc.array(fc.integer({ min: 1, max: 25 }), { minLength: 1, maxLength: 12 })

  it('are refused only below the least, overspend nothing and are charged what they delivered', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ range, pieces }), { minLength: 1, maxLength: 5 }),
        async (streams) => {
          const customer = newCustomer()
          let balance = WELCOME
          for (const { range, pieces } of streams) {
            const seen = await settled(stream(call(customer, range), pieces))
            const expected = expectedOf({ balance, range, pieces })
            expect(seen).toEqual(expected)
            balance -= expected.charged
            expect(await balanceOf(customer)).toMatchObject({ held: 0, remaining: balance })
          }
        },
      ),
      { numRuns: 60 },
    )
  }, 60_000)

  it('at once from two processes take what is there once', async () => {
    const customer = newCustomer()
    const other = fixture.another()
    const outcomes = await Promise.all(
      Array.from({ length: 30 }, async (_, n) => {
        const metering = n % 2 === 0 ? fixture.metering : other
        return metering
          .run(call(customer, { most: 40, least: 3 }), async ({ holds, report }) => {
            report(holds[METER] ?? 0)
            return holds[METER] ?? 0
          })
          .then(({ output }) => output)
          .catch(() => 0)
      }),
    )
    // The last call gets the rest if that is at least `least`, so less than `least` remains.
    const taken = outcomes.reduce((sum, amount) => sum + amount, 0)
    expect(taken).toBeLessThanOrEqual(WELCOME)
    expect(WELCOME - taken).toBeLessThan(3)
    expect(await balanceOf(customer)).toMatchObject({ held: 0, remaining: WELCOME - taken })
  })
})

type Outcome = { refused: number | null; delivered: number[]; charged: number; complete: boolean }

async function settled(streaming: ReturnType<typeof stream>): Promise<Outcome> {
  try {
    const { delivered, receipt } = await streaming
    const charged = receipt.charges.reduce((sum, { amount }) => sum + amount, 0)
    return { refused: null, delivered, charged, complete: receipt.complete !== false }
  } catch (error) {
    if (!(error instanceof MeteringError) || error.billing?.kind !== 'insufficient_credits') {
      throw error
    }
    const refused = error.billing.required
    return { refused, delivered: [], charged: 0, complete: false }
  }
}

/** A model of the same, without a database. */
function expectedOf(scenario: {
  balance: number
  range: Range
  pieces: readonly number[]
}): Outcome {
  const { balance, range, pieces } = scenario
  const nothing = { delivered: [], charged: 0, complete: false }
  if (balance < range.least) return { refused: range.least, ...nothing }
  const delivered: number[] = []
  let charged = 0
  for (const cost of pieces) {
    if (charged + cost > balance) break
    charged += cost
    delivered.push(cost)
  }
  // Only a first piece larger than `least` is refused this way.
  if (delivered.length === 0) return { refused: pieces[0] ?? 0, ...nothing }
  return { refused: null, delivered, charged, complete: delivered.length === pieces.length }
}
