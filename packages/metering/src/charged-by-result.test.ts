import { type BillingCustomer, type Receipt, operationKey } from '@tollgate/contract'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expectInvariants } from './fixtures/expect-invariants.ts'
import {
  createMeteringFixture,
  imageCall,
  type MeteringFixture,
  newCustomer,
  newKey,
} from './fixtures/metering-fixture.ts'
import { MeteringError } from './metering-error.ts'
import type { BilledCall, Metering } from './metering.ts'

let fixture: MeteringFixture
let other: Metering
beforeAll(async () => {
  fixture = await createMeteringFixture()
  other = fixture.another()
})
afterAll(async () => {
  await expectInvariants(fixture.database)
  await fixture.drop()
})

/** A call that is charged once for the text that its work returns. */
function importCall(customer: BillingCustomer, overrides: Partial<BilledCall> = {}): BilledCall {
  return imageCall(customer, { procedure: 'films.import', resultId: String, ...overrides })
}

describe('calls that come to the same result', () => {
  it('are charged once, whatever their keys, and the receipts say which one was', async () => {
    const customer = newCustomer()
    const call = importCall(customer)
    const first = await fixture.metering.run(call, async () => 'metropolis')
    const again = importCall(customer)
    const second = await other.run(again, async () => 'metropolis')
    expect(second.receipt).toMatchObject({ charges: [], chargedBy: first.receipt.operationId })
    expect(second.receipt.balances).toMatchObject([{ used: 1, held: 0, remaining: 9 }])
    expect(first.receipt.chargedBy).toBeUndefined()
    const replay = await fixture.metering.run(again, async () => 'not again')
    expect(replay).toMatchObject({
      output: 'metropolis',
      receipt: { replayed: true, charges: [], chargedBy: first.receipt.operationId },
    })
    await other.run(importCall(customer), async () => 'nosferatu')
    await fixture.metering.drain()
    expect(fixture.backend.availableOf(customer.customerId, 'image_generations')).toBe(8)
  })

  it('of other customers or procedures are others', async () => {
    const [one, two] = [newCustomer(), newCustomer()]
    const calls = [
      importCall(one),
      importCall(one, { procedure: 'films.upsert' }),
      importCall(two),
      // A result id, and a key with the same text.
      imageCall(two, { procedure: 'films.import', key: operationKey('metropolis-metropolis') }),
    ]
    for (const call of calls) {
      const { receipt } = await fixture.metering.run(call, async () => 'metropolis-metropolis')
      expect(receipt.charges).toHaveLength(1)
    }
  })

  it('have one transaction id on any server, so that a lost row is not charged twice', async () => {
    const restored = await createMeteringFixture()
    const customer = newCustomer()
    for (const { metering } of [fixture, restored]) {
      await metering.run(importCall(customer), async () => 'metropolis')
      await metering.drain()
    }
    const idsOf = ({ backend }: MeteringFixture) =>
      [...backend.events.values()]
        .filter(({ customerId }) => customerId === customer.customerId)
        .map(({ transactionId }) => transactionId)
    expect(idsOf(fixture)).toHaveLength(1)
    expect(idsOf(restored)).toEqual(idsOf(fixture))
    await restored.drop()
  })

  it.each([undefined, '', 1.5, Number.NaN, {}])('refuses to charge by an id of %j', async (id) => {
    const customer = newCustomer()
    const call = importCall(customer, { resultId: () => Reflect.get(Object({ id }), 'id') })
    await expect(fixture.metering.run(call, async () => 1)).rejects.toMatchObject({
      code: 'COST_INVALID',
    })
    expect(await fixture.metering.balances(customer)).toContainEqual(
      expect.objectContaining({ meter: 'image_generations', remaining: 10, held: 0 }),
    )
  })

  it('are no streams: one is refused before its first chunk, and is not charged', async () => {
    const customer = newCustomer()
    const stream = fixture.metering.run(importCall(customer), async function* () {
      yield 'met'
    })
    await expect(stream).rejects.toThrow('a stream has none')
    expect(await fixture.metering.balances(customer)).toContainEqual(
      expect.objectContaining({ meter: 'image_generations', remaining: 10, held: 0 }),
    )
  })
})

/** One call of many: with one of a few keys, one of a few results, and one or two meters. */
const callArbitrary = fc.record({
  key: fc.nat(5),
  procedure: fc.constantFrom('films.import', 'films.upsert'),
  result: fc.constantFrom('a', 'b', 'c'),
  used: fc.nat(2),
  meters: fc.constantFrom(['ai_tokens'], ['api_calls'], ['ai_tokens', 'api_calls']),
  process: fc.boolean(),
})
type PlannedCall = {
  key: number
  procedure: string
  result: string
  used: number
  meters: readonly string[]
  process: boolean
}
type Ended = { planned: PlannedCall; receipt: Receipt }

describe('any calls at once, under any keys, with any results', () => {
  it('charge one operation per procedure and result, and what it used', async () => {
    expect.hasAssertions()
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(callArbitrary, { minLength: 1, maxLength: 6 }), { maxLength: 5 }),
        async (waves) => {
          const customer = newCustomer()
          const keys = Array.from({ length: 6 }, newKey)
          const ended: Ended[] = []
          for (const wave of waves) {
            const runs = wave.map(async (planned) => {
              const receipt = await runPlanned(customer, keys, planned)
              if (receipt) ended.push({ planned, receipt })
            })
            await Promise.all(runs)
          }
          for (const result of new Set(ended.map(resultOf))) {
            expectOneCharge(ended.filter((one) => resultOf(one) === result))
          }
          await expectCharged(customer, ended)
        },
      ),
      { numRuns: 25 },
    )
  })
})

/** The receipt of a call; null when its key was used for another or is still running. */
async function runPlanned(
  customer: BillingCustomer,
  keys: readonly BilledCall['key'][],
  planned: PlannedCall,
): Promise<Receipt | null> {
  const { procedure, result, used, meters } = planned
  const call = importCall(customer, {
    procedure,
    key: keys[planned.key] ?? newKey(),
    input: { result, used, meters },
    charges: meters.map((meter) => ({ meter, hold: 3 })),
    settle: 'reported',
  })
  try {
    const metering = planned.process ? fixture.metering : other
    const { receipt } = await metering.run(call, async ({ report }) => {
      for (const meter of meters) report(used, meter)
      return result
    })
    return receipt
  } catch (error) {
    const isRefused = error instanceof MeteringError && REFUSALS.has(error.code)
    if (!isRefused) throw error
    return null
  }
}

const REFUSALS: ReadonlySet<string> = new Set(['key_reused', 'in_progress'])

function resultOf({ planned: { procedure, result } }: Ended): string {
  return `${procedure} ${result}`
}

function expectOneCharge(group: readonly Ended[]): void {
  const charged = group.filter(({ receipt }) => receipt.charges.length > 0)
  const operations = new Set(charged.map(({ receipt }) => receipt.operationId))
  const named = group.flatMap(({ receipt }) => receipt.chargedBy ?? [])
  expect(operations.size).toBeLessThanOrEqual(1)
  expect([...operations]).toEqual(expect.arrayContaining([...new Set(named)]))
  for (const { planned, receipt } of group) {
    const wanted =
      planned.used === 0 ? [] : planned.meters.map((meter) => ({ meter, amount: planned.used }))
    expect(receipt.charges).toEqual(receipt.chargedBy ? [] : wanted)
  }
}

/** Expects the balances and the backend to agree with the receipts. */
async function expectCharged(customer: BillingCustomer, ended: readonly Ended[]): Promise<void> {
  const receipts = new Map(ended.map(({ receipt }) => [receipt.operationId, receipt]))
  await fixture.metering.drain()
  for (const meter of ['ai_tokens', 'api_calls']) {
    const charged = [...receipts.values()]
      .flatMap(({ charges }) => charges)
      .reduce((sum, charge) => sum + (charge.meter === meter ? charge.amount : 0), 0)
    const balance = (await fixture.metering.balances(customer)).find((one) => one.meter === meter)
    expect(balance).toMatchObject({ used: charged, held: 0 })
    const granted = fixture.backend.grantedOf(customer.customerId, meter)
    expect(fixture.backend.availableOf(customer.customerId, meter)).toBe(granted - charged)
  }
}
