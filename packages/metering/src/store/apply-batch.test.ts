import { randomUUID } from 'node:crypto'
import { hotPathSettings } from '@tollgate/database'
import { createTestDatabase } from '@tollgate/testing/database'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expectInvariants } from '../fixtures/expect-invariants.ts'
import { digest } from '../keys/digest.ts'
import { fingerprint } from '../keys/fingerprint.ts'
import { newOperationId } from '../keys/new-operation-id.ts'
import { operationKeyOf } from '../keys/operation-key.ts'
import { METERING_MIGRATIONS } from '../migrations.ts'
import { DEFAULT_POLICY } from '../policy.ts'
import type { ProviderCost } from '../provider-cost.ts'
import { applyBatch } from './apply-batch.ts'
import { applyEach } from './apply-each.ts'
import type { BatchResult, BatchElement, PlaceElement } from './batch-element.ts'
import { LEFT_OUT } from './create-batcher.ts'
import type { MeteringDatabase } from './metering-database.ts'

const SAME_INPUT = await fingerprint('images.generate', 'the same input')

let database: MeteringDatabase
let drop: () => Promise<void>
beforeAll(async () => {
  const created = await createTestDatabase({
    template: 'metering',
    migrations: METERING_MIGRATIONS,
    settings: { ...hotPathSettings },
  })
  drop = created.drop
  database = { ...created.database, bucketCount: 1 }
})
afterAll(async () => {
  await expectInvariants(database)
  await drop()
})

const together = (elements: BatchElement[]) => applyBatch(database, 0, elements, DEFAULT_POLICY)
const oneByOne = (elements: BatchElement[]) => applyEach(database, 0, elements, DEFAULT_POLICY)

/** Sends elements as the batcher does. */
async function apply(elements: BatchElement[]) {
  const answers = await together(elements)
  const isLeftOut = (index: number) => answers[index] === LEFT_OUT
  const left = elements.filter((_element, index) => isLeftOut(index))
  const rest = left.length === 0 ? [] : await oneByOne(left)
  let next = 0
  return elements.map((element, index) => {
    const answer = answers[index]
    const given = answer === LEFT_OUT || answer === undefined ? rest[next++] : answer
    return { element, leftOut: isLeftOut(index), answer: given }
  })
}

describe('a batch', () => {
  it('comes to the same as its elements one at a time, whichever they are', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: 1, maxLength: 24 }),
        world,
        async (made, how) => {
          const steps = distinct(made, how.running.length)
          const [one, other] = [await makeWorld(how), await makeWorld(how)]
          const elements = steps.map((step) => one.toElement(step))
          const batched = await apply(elements)
          // The first statement ends operations before it places calls; what it leaves out comes last.
          const rank = ({ leftOut, element }: (typeof batched)[number]) =>
            leftOut ? 2 : element.kind === 'place' ? 1 : 0
          const order = batched
            .map((made, index) => ({ index, rank: rank(made) }))
            .toSorted((a, b) => a.rank - b.rank || a.index - b.index)
          const single: (BatchResult | undefined)[] = []
          for (const { index } of order) {
            const step = steps[index]
            if (!step) continue
            ;[single[index]] = await oneByOne([other.toElement(step)])
          }
          expect(batched.map(({ answer }) => verdict(answer))).toEqual(single.map(verdict))
          expect(await one.standing()).toEqual(await other.standing())
        },
      ),
      { numRuns: 60 },
    )
  }, 120_000)

  it('answers the same when it is sent again', async () => {
    const { toElement } = await makeWorld({ balance: 20, limits: {}, running: [2, 3] })
    const elements = [
      toElement({ kind: 'settle', of: 0, used: 1, stale: false, costs: [costOf('a', 1)] }),
      toElement({ kind: 'release', of: 1, used: null, stale: false, costs: [costOf('a', 2)] }),
      toElement({ kind: 'place', hold: 4, key: 7, feature: null, second: 0, subjects: null }),
    ]
    const first = await apply(elements)
    expect(first.map(({ leftOut }) => leftOut)).toEqual([false, false, false])
    const again = await apply(elements)
    expect(again.map(({ leftOut }) => leftOut)).toEqual([true, true, true])
    expect(again.map(({ answer }) => verdict(answer))).toEqual(
      first.map(({ answer }) => verdict(answer)),
    )
  })

  it('is applied as the version before sends it, without costs', async () => {
    const { toElement } = await makeWorld({ balance: 20, limits: {}, running: [2] })
    const { customerId, operationId } = toElement({ kind: 'release', of: 0, ...NOTHING_SAID })
    const [row] = await database.query<{ answer: string }>({
      text: `select metering.apply_batch(0::smallint, array[$1], array[$2], '{1}', array[$3::uuid], '{1}', '{1}', '{false}', '{""}',
        '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', null, 1000, 1000, 1000, 1000) as answer`,
      values: [customerId, METER, operationId],
    })
    expect(row?.answer.split('\n')[1]).toBe('1:1')
  })

  it('for a bucket that this database does not own is refused, however it is sent', async () => {
    const call = callOf({ customerId: 'stranger', hold: 1 })
    const element: BatchElement = { kind: 'place', ...call }
    const refusal = { code: '23514', constraint: 'bucket_owned' }
    await expect(applyBatch(database, 3, [element], DEFAULT_POLICY)).rejects.toMatchObject(refusal)
    await expect(applyEach(database, 3, [element], DEFAULT_POLICY)).rejects.toMatchObject(refusal)
  })
})

type Step =
  | {
      kind: 'place'
      hold: number
      key: number
      feature: string | null
      second: number
      subjects: string | null
    }
  | { kind: 'settle'; of: number; used: number | null; stale: boolean; costs: ProviderCost[] }
  | { kind: 'release'; of: number; used: null; stale: boolean; costs: ProviderCost[] }

const NOTHING_SAID = { used: null, stale: false, costs: [] }
const index = fc.nat({ max: 3 })
const subjects = fc.constantFrom(
  null,
  null,
  'member:ada',
  'member:bob key:k1',
  'member:ada run:root',
  'run:root run:child',
  'run:unknown',
)
const limit = fc.constantFrom(undefined, undefined, 4, 8, 14)
const stale = fc.integer({ min: 0, max: 9 }).map((n) => n === 0)
const costs = fc
  .uniqueArray(fc.constantFrom('a', 'b', 'c'), { maxLength: 2 })
  .chain((models) => fc.tuple(...models.map((model) => fc.nat().map((n) => costOf(model, n)))))
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('place' as const),
      hold: fc.integer({ min: 1, max: 6 }),
      key: fc.nat({ max: 12 }),
      feature: fc.constantFrom(null, null, null, 'hd', 'absent'),
      second: fc.constantFrom(0, 0, 0, 0, 2),
      subjects,
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('settle' as const),
      of: index,
      used: fc.constantFrom(null, 0, 1, 2, 9),
      stale,
      costs,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('release' as const),
      of: index,
      used: fc.constant(null),
      stale,
      costs,
    }),
  },
)
const world = fc.record({
  balance: fc.integer({ min: 12, max: 30 }),
  limits: fc.record({
    customer: fc.constantFrom(undefined, undefined, 14),
    'member:ada': limit,
    'member:bob': limit,
    'key:k1': limit,
    'run:root': limit,
    'run:child': limit,
  }),
  running: fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 4 }),
})

/** No two elements of a batch may have the same key or the same operation. */
function distinct(steps: readonly Step[], running: number): Step[] {
  const seen = new Set<string>()
  return steps.filter((made) => {
    const name = made.kind === 'place' ? `key ${made.key}` : `operation ${made.of % running}`
    return !seen.has(name) && seen.add(name)
  })
}

const METER: string = 'image_generations'
const SECOND: string = 'api_calls'

/** A customer with a balance, and running operations with holds. */
async function makeWorld(how: {
  balance: number
  limits: Record<string, number | undefined>
  running: number[]
}) {
  const customerId = `c_${randomUUID()}`
  await database.query({
    text: `insert into metering.customer (bucket, customer_id, name, email, subscription_id, features, synced_at, applied_at)
      values (0, $1, 'Ada', 'ada@example.com', 'sub', '{hd}', metering.clock(), metering.clock())`,
    values: [customerId],
  })
  await database.query({
    text: `insert into metering.account (bucket, customer_id, meter, synced_balance, granted)
      values (0, $1, $2, $4, $4), (0, $1, $3, 3, 3)`,
    values: [customerId, METER, SECOND, how.balance],
  })
  for (const [subject, amount] of Object.entries(how.limits)) {
    if (amount === undefined) continue
    await database.query({
      text: `select metering.set_limit(0::smallint, $1, $2, $3, $4, $5, null)`,
      values: [customerId, METER, subject, amount, subject === 'customer' ? 'month' : null],
    })
  }
  const running = how.running.map((hold, key) =>
    callOf({
      customerId,
      hold,
      key: `${customerId} ${key}`,
      subjects: key === 1 ? 'member:ada' : null,
    }),
  )
  await apply(running.map((call) => ({ kind: 'place', ...call })))

  function toElement(made: Step): BatchElement {
    if (made.kind === 'place') {
      const { hold, feature, second, subjects } = made
      const call = callOf({
        customerId,
        hold,
        feature,
        subjects,
        key: `${customerId} ${made.key}`,
      })
      if (second > 0) call.charges.push({ meter: SECOND, hold: second })
      return { kind: 'place', ...call }
    }
    const { operationId } = running[made.of % running.length] ?? { operationId: newOperationId() }
    // A future attempt has no costs yet.
    const cost = made.costs.length === 0 || made.stale ? {} : { costs: made.costs }
    const ref = { customerId, operationId, fence: made.stale ? 2 : 1, meter: METER, ...cost }
    if (made.kind === 'release') return { kind: 'release', ...ref }
    const amounts = made.used === null ? {} : { [METER]: made.used }
    return { kind: 'settle', ...ref, amounts, result: '{"output":1}', resultKeptMs: 1000 }
  }

  async function standing() {
    return database.query({
      text: `select a.meter, a.held, a.unsynced,
          (select array_agg(l.subject || ' ' || l.spent order by l.subject) from metering.spend_limit l
           where l.customer_id = a.customer_id and l.meter = a.meter) as spent,
          (select count(*) from metering.operation o where o.customer_id = a.customer_id) as operations,
          (select array_agg(o.balance_after order by o.ended_at) from metering.operation o
           where o.customer_id = a.customer_id and o.meter = a.meter and o.state = 'settled') as balances,
          (select coalesce(sum(e.amount), 0) from metering.outbox e
           where e.customer_id = a.customer_id and e.meter = a.meter) as events,
          (select array_agg(to_jsonb(c) - 'operation_id' order by c.model, c.cost_micros)
           from metering.provider_cost c join metering.operation o using (bucket, operation_id)
           where o.customer_id = a.customer_id and o.meter = a.meter) as costs
        from metering.account a where a.customer_id = $1 order by 1`,
      values: [customerId],
    })
  }
  return { toElement, standing }
}

function costOf(model: string, costMicros: number): ProviderCost {
  return {
    provider: 'openai',
    model,
    calls: 1,
    inputTokens: 100,
    cachedInputTokens: null,
    outputTokens: costMicros,
    costMicros,
    source: 'reported',
  }
}

function callOf(said: {
  customerId: string
  hold: number
  key?: string
  feature?: string | null
  subjects?: string | null
}): PlaceElement {
  const { customerId } = said
  const procedure = 'images.generate'
  const keyHash = digest(said.key ?? randomUUID())
  return {
    customerId,
    name: 'Ada',
    email: 'ada@example.com',
    operationId: newOperationId(),
    procedure,
    key: operationKeyOf({ customerId, procedure, keyHash }),
    fingerprint: SAME_INPUT,
    feature: said.feature ?? null,
    subjects: said.subjects ?? null,
    leaseMs: 30_000,
    deadlineMs: 60_000,
    charges: [{ meter: METER, hold: said.hold }],
  }
}

/** What must be equal; the state of accounts at that moment need not be. */
function verdict(given: BatchResult | undefined) {
  const answer = given?.answer
  if (!answer) return null
  return {
    outcome: answer.outcome,
    ...(answer.outcome === 'settled' ? { charges: answer.charges, overrun: answer.overrun } : {}),
    ...('required' in answer ? { required: answer.required } : {}),
  }
}
