import type { BillingCustomer, OperationId, OperationKey } from '@tollgate/contract'
import type { Database } from '@tollgate/database'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { eraseCustomer } from './admin/erase-customer.ts'
import { inspectOperation } from './admin/inspect-operation.ts'
import { readFigures } from './admin/read-figures.ts'
import { beginRun } from './fixtures/begin-run.ts'
import { expectInvariants } from './fixtures/expect-invariants.ts'
import { kindOf } from './fixtures/kind-of.ts'
import {
  createMeteringFixture,
  imageCall,
  type MeteringFixture,
  newCustomer,
  newKey,
} from './fixtures/metering-fixture.ts'
import type { Metering, RunningOperation } from './metering.ts'
import type { ProviderCall, ProviderCost } from './provider-cost.ts'

/** Lease, grace and sweep of the default policy. */
const UNTIL_SWEPT_MS = 36_000

let fixture: MeteringFixture
beforeAll(async () => {
  fixture = await createMeteringFixture()
})
afterAll(async () => {
  await expectInvariants(fixture.database)
  await fixture.drop()
})

const call = (overrides: Partial<ProviderCall> = {}): ProviderCall => ({
  provider: 'openai',
  model: 'gpt-test',
  inputTokens: 100,
  outputTokens: 20,
  costMicros: 65,
  ...overrides,
})

async function costsOf(operationId: string): Promise<ProviderCost[]> {
  const found = await inspectOperation(fixture.database, operationId)
  const costs: unknown = found?.['providerCosts'] ?? []
  return Array.isArray(costs) ? costs : []
}

const today = () => ({
  from: new Date(Date.now() - 60_000),
  until: new Date(Date.now() + 86_400_000 * 500),
})

const usedBy = async (procedure: string) =>
  (await readFigures(fixture.database, today())).used.filter((line) => line.procedure === procedure)

describe('what a provider was paid', () => {
  it('is stored with the charge, by model, and a replay adds nothing', async () => {
    const image = imageCall(newCustomer())
    const run = () =>
      fixture.metering.run(image, async ({ reportCost }) => {
        reportCost(call())
        reportCost(call())
        reportCost(call({ model: 'gpt-other', costMicros: null }))
        return 1
      })
    const { operationId } = (await run()).receipt
    await run()
    expect(await costsOf(operationId)).toMatchObject([
      { model: 'gpt-other', calls: 1, costMicros: null },
      { model: 'gpt-test', calls: 2, inputTokens: 200, outputTokens: 40, costMicros: 130 },
    ])
  })

  it('is stored for work that failed, and for every attempt', async () => {
    const image = imageCall(newCustomer())
    const failing = fixture.metering.run(image, async ({ reportCost }) => {
      reportCost(call())
      throw new Error('no paint')
    })
    await expect(failing).rejects.toThrow('no paint')
    const { receipt } = await fixture.metering.run(image, async ({ reportCost }) => {
      reportCost(call({ costMicros: 70 }))
      return 1
    })
    const costs = await costsOf(receipt.operationId)
    expect(costs.map(({ costMicros }) => costMicros)).toEqual([65, 70])
  })

  it('is what was declared where nothing was reported, and nothing for work that failed', async () => {
    const cost = { provider: 'a-printer', microsPerCall: 4000, microsPerCredit: 10 }
    const overrides = { cost, charges: [{ meter: 'api_calls', hold: 3 }] }
    const { receipt } = await fixture.metering.run(
      imageCall(newCustomer(), overrides),
      async () => 'printed',
    )
    expect(await costsOf(receipt.operationId)).toMatchObject([
      { provider: 'a-printer', model: 'a-printer', costMicros: 4030, source: 'declared' },
    ])
    const { operation, release } = await beginRun(
      fixture.metering,
      imageCall(newCustomer(), overrides),
    )
    await release()
    expect(await costsOf(operation.operationId)).toEqual([])
  })

  it('is an estimate until the provider reports, and what was reported stays', async () => {
    const { operation, release } = await beginRun(fixture.metering, imageCall(newCustomer()))
    operation.reportCost(call({ id: 'c1', isEstimate: true }))
    await release()
    operation.reportCost(call({ id: 'c1', costMicros: 99, isEstimate: true }))
    expect(await costsOf(operation.operationId)).toMatchObject([
      { source: 'estimated', costMicros: 65 },
    ])
    // The model name in the response comes too late for the stored row.
    const late = call({ id: 'c1', model: 'gpt-test-2', outputTokens: 30, costMicros: 85 })
    operation.reportCost(late)
    const corrected = [{ model: 'gpt-test', source: 'reported', outputTokens: 30, costMicros: 85 }]
    await expect.poll(() => costsOf(operation.operationId)).toMatchObject(corrected)
    operation.reportCost({ ...late, costMicros: 1000 })
    await expect(
      fixture.database.query({
        text: 'update metering.provider_cost set cost_micros = 0 where operation_id = $1',
        values: [operation.operationId],
      }),
    ).rejects.toMatchObject({ constraint: 'provider_cost_kept' })
    expect(await costsOf(operation.operationId)).toMatchObject(corrected)
  })

  it('adds up calls that end after their operation', async () => {
    const { operation, release } = await beginRun(fixture.metering, imageCall(newCustomer()))
    operation.reportCost(call())
    await release()
    operation.reportCost(call())
    operation.reportCost(call({ costMicros: 10 }))
    const sum = [{ model: 'gpt-test', source: 'reported', calls: 3, costMicros: 140 }]
    await expect.poll(() => costsOf(operation.operationId)).toMatchObject(sum)
  })

  it('never keeps a charge from being stored, whatever a provider says', async () => {
    const odd = fc.oneof(
      fc.double(),
      fc.constantFrom(-1, 0.5, Number.MAX_SAFE_INTEGER, 1e300, null, undefined),
    )
    const name = fc.string({ unit: 'binary', maxLength: 300 })
    const lone = fc.constantFrom('', '\u0000', '\ud800', `${'x'.repeat(199)}😀`)
    await fc.assert(
      fc.asyncProperty(odd, odd, fc.oneof(name, lone), async (tokens, micros, model) => {
        const customer = newCustomer()
        const answered = fixture.metering.run(imageCall(customer), async ({ reportCost }) => {
          const inputTokens = tokens ?? null
          reportCost(call({ model, provider: model, inputTokens, costMicros: micros ?? null }))
          reportCost(call({ model, provider: model, inputTokens, costMicros: micros ?? null }))
          return 1
        })
        const { receipt } = await answered
        expect(receipt.charges).toHaveLength(1)
        expect(await costsOf(receipt.operationId)).toHaveLength(1)
      }),
      { numRuns: 60 },
    )
  })
})

describe('the figures of a procedure', () => {
  it('keep the model and the price of the time of each call', async () => {
    const procedure = 'text.write'
    const run = (overrides: Partial<ProviderCall> | null) =>
      fixture.metering.run(imageCall(newCustomer(), { procedure }), async ({ reportCost }) => {
        if (overrides) reportCost(call(overrides))
        return 1
      })
    await run({ costMicros: 100 })
    const before = await usedBy(procedure)
    expect(before).toMatchObject([
      { model: 'gpt-test', costMicros: 100, charged: 1, credits: { image_generations: 1 } },
    ])
    await run({ model: 'gpt-next', costMicros: 7 })
    await run({ costMicros: null })
    await run(null)
    expect(await usedBy(procedure)).toMatchObject([
      { model: null, costMicros: null, charged: 1, unknown: 1 },
      { model: 'gpt-next', costMicros: 7, unknown: 0 },
      { model: 'gpt-test', costMicros: null, charged: 1, unknown: 1 },
      ...before,
    ])
  })

  it('say what was paid for work that was not charged', async () => {
    const procedure = 'text.fail'
    const image = imageCall(newCustomer(), { procedure })
    const { operation, release } = await beginRun(fixture.metering, image)
    operation.reportCost(call({ isEstimate: true }))
    await release()
    const silent = imageCall(newCustomer(), { procedure })
    await (await beginRun(fixture.metering, silent)).release()
    expect(await usedBy(procedure)).toMatchObject([
      { model: null, released: 1, unknown: 0, costMicros: null, credits: {} },
      { model: 'gpt-test', released: 1, estimated: 1, costMicros: 65, releasedMicros: 65 },
    ])
  })
})

describe('a customer who is erased', () => {
  it('leaves what its operations cost, which says nothing of it', async () => {
    const customer = newCustomer()
    const { receipt } = await fixture.metering.run(imageCall(customer), async ({ reportCost }) => {
      reportCost(call())
      return 1
    })
    await eraseCustomer(fixture.database, customer.customerId)
    expect(await costsOf(receipt.operationId)).toHaveLength(1)
  })
})

/** Once, fails a statement that ends an operation as if the connection broke after its commit. */
function losingAnswers(database: Database): Database & { lose(): void } {
  let isLost = false
  return {
    ...database,
    lose: () => void (isLost = true),
    async query(statement) {
      const rows = await database.query<never>(statement)
      if (isLost && /^metering\.apply_batch:(settle|release)/.test(statement.name ?? '')) {
        isLost = false
        throw Object.assign(new Error('The connection broke.'), { code: 'ECONNRESET' })
      }
      return rows
    },
  }
}

const step = fc.record({
  /** A repeated key is a replay or another attempt. */
  key: fc.nat({ max: 2 }),
  calls: fc.array(
    fc.record({
      model: fc.constantFrom('a', 'b'),
      costMicros: fc.nat({ max: 1000 }),
      isEstimate: fc.boolean(),
    }),
    { minLength: 1, maxLength: 3 },
  ),
  ending: fc.constantFrom('answer', 'fail', 'swept', 'taken over'),
  isAnswerLost: fc.boolean(),
  isLate: fc.boolean(),
  isRestarted: fc.boolean(),
})
type Step = typeof step extends fc.Arbitrary<infer One> ? One : never
type Stored = Pick<ProviderCost, 'model' | 'calls' | 'costMicros' | 'source'>

/** What must be stored for an attempt: one row per model. */
function linesOf({ calls, isLate }: Step): Stored[] {
  return ['a', 'b'].flatMap((model) => {
    const own = calls.filter((one) => one.model === model)
    if (own.length === 0) return []
    const isEstimate = !isLate && own.some((one) => one.isEstimate)
    const costMicros = own.reduce((sum, one) => sum + one.costMicros, 0)
    return [{ model, calls: own.length, costMicros, source: isEstimate ? 'estimated' : 'reported' }]
  })
}

/** Runs one step and returns the operation whose work ran; null for a replay or a refusal. */
async function play(
  { customer, key }: { customer: BillingCustomer; key: OperationKey },
  { metering, lose }: { metering: Metering; lose: () => void },
  { calls, ending, isAnswerLost, isLate }: Step,
): Promise<OperationId | null> {
  const image = imageCall(customer, { procedure: `text.${customer.customerId}`, key })
  const worked: RunningOperation[] = []
  const answer = metering.run(image, async (operation) => {
    worked.push(operation)
    for (const [id, one] of calls.entries()) {
      // Estimates are too low.
      const costMicros = one.isEstimate && isLate ? 0 : one.costMicros
      operation.reportCost(call({ ...one, id: String(id), costMicros }))
    }
    if (ending === 'swept' || ending === 'taken over') await fixture.advance(UNTIL_SWEPT_MS)
    if (ending === 'swept') await fixture.metering.sweep()
    if (ending === 'taken over') await kindOf(fixture.metering.run(image, async () => 'another'))
    if (isAnswerLost) lose()
    if (ending === 'fail') throw new Error('no paint')
    return 1
  })
  await kindOf(answer)
  const [operation] = worked
  if (!operation) return null
  for (const [id, one] of calls.entries()) {
    if (isLate) operation.reportCost(call({ ...one, id: String(id), isEstimate: false }))
  }
  return operation.operationId
}

describe('any sequence of calls, failures, retries, sweeps, restarts and late reports', () => {
  it('stores the cost of each attempt once, and the figures are their sum', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 5 }), async (steps) => {
        const customer = newCustomer()
        const database = losingAnswers(fixture.database)
        const start = () => fixture.another({}, { database })
        const keys = [newKey(), newKey(), newKey()]
        const expected = new Map<OperationId, Stored[]>()
        let metering = start()
        for (const one of steps) {
          if (one.isRestarted) metering = start()
          const key = keys[one.key] ?? newKey()
          const worked = await play({ customer, key }, { metering, lose: database.lose }, one)
          if (worked === null) continue
          expected.set(worked, [...(expected.get(worked) ?? []), ...linesOf(one)])
        }
        for (const [operationId, lines] of expected) {
          await expect.poll(() => costsOf(operationId), { interval: 5 }).toMatchObject(lines)
          expect(await costsOf(operationId)).toHaveLength(lines.length)
        }
        const used = await usedBy(`text.${customer.customerId}`)
        const total = [...expected.values()]
          .flat()
          .reduce((sum, { costMicros }) => sum + (costMicros ?? 0), 0)
        expect(used.reduce((sum, { costMicros }) => sum + (costMicros ?? 0), 0)).toBe(total)
      }),
      { numRuns: 30 },
    )
  }, 60_000)
})
