import {
  type CustomerId,
  type LedgerFilter,
  type LedgerItem,
  operationId,
} from '@tollgate/contract'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expectInvariants } from './fixtures/expect-invariants.ts'
import { kindOf } from './fixtures/kind-of.ts'
import {
  createMeteringFixture,
  imageCall,
  type MeteringFixture,
  newCustomer,
  newKey,
} from './fixtures/metering-fixture.ts'

let fixture: MeteringFixture
beforeAll(async () => {
  fixture = await createMeteringFixture()
})
afterAll(async () => {
  await expectInvariants(fixture.database)
  await fixture.drop()
})

describe('activity', () => {
  it('lists charges and releases newest first, page by page, each once', async () => {
    const customer = newCustomer()
    await fixture.metering.run(imageCall(customer), async () => 1)
    await kindOf(
      fixture.metering.run(imageCall(customer), () => Promise.reject(new Error('no paint'))),
    )
    await fixture.metering.run(imageCall(customer), async () => 3)
    const first = await fixture.metering.activity(customer.customerId, { limit: 2 })
    const cursor = first.nextCursor ?? 'there is none'
    const second = await fixture.metering.activity(customer.customerId, { limit: 2, cursor })
    expect([...first.items, ...second.items]).toMatchObject([
      { status: 'charged', amount: 1, balanceAfter: 8, procedure: 'images.generate' },
      { status: 'released', amount: 0 },
      { status: 'charged', amount: 1, balanceAfter: 9 },
    ])
    expect(second.nextCursor).toBeNull()
  })

  it.each([
    { cursor: ['1', '00000000-0000-0000-0000-000000000000'] },
    { cursor: ['2026-02-30 10:00:00+00', '00000000-0000-0000-0000-000000000000'] },
    { cursor: ['2026-11-28 10:00:00+00', 'no uuid'] },
    { cursor: ['2026-11-28 10:00:00+00\0', '\0'] },
    { cursor: [2026, null] },
  ])('begins at the newest with the cursor $cursor, which it never wrote', async ({ cursor }) => {
    const customer = newCustomer()
    await fixture.metering.run(imageCall(customer), async () => 1)
    const page = await fixture.metering.activity(customer.customerId, {
      limit: 2,
      cursor: Buffer.from(JSON.stringify(cursor)).toString('base64url'),
    })
    expect(page.items).toHaveLength(1)
  })

  it('has a running balance that adds up, however many operations ran at once', async () => {
    const customer = newCustomer()
    await fixture.metering.sync(customer)
    const amounts = [1, 2, 1, 1, 2, 1]
    await Promise.all(
      amounts.map((amount, index) =>
        fixture.metering.run(
          imageCall(customer, { charges: [{ meter: 'image_generations', hold: amount }] }),
          () =>
            new Promise((resolve) =>
              setTimeout(() => resolve(index), (amounts.length - index) * 15),
            ),
        ),
      ),
    )
    const { items } = await fixture.metering.activity(customer.customerId, { limit: 100 })
    const oldestFirst = items.toReversed()
    expect(oldestFirst).toHaveLength(amounts.length)
    let left = 10
    for (const { amount, balanceAfter } of oldestFirst) {
      left -= amount
      expect(balanceAfter).toBe(left)
    }
  })

  it('sums up what was charged per day and meter, and nothing that was released', async () => {
    const customer = newCustomer()
    await fixture.metering.run(imageCall(customer), async () => 1)
    await fixture.metering.run(imageCall(customer), async () => 2)
    await kindOf(
      fixture.metering.run(imageCall(customer), () => Promise.reject(new Error('no paint'))),
    )
    const { items } = await fixture.metering.activity(customer.customerId, { limit: 3 })
    const charged = items.filter(({ status }) => status === 'charged')
    const days = charged.map(({ endedAt }) => endedAt?.slice(0, 10)).toReversed()
    // Two days if midnight passed in between.
    const amountOf = (day: string | undefined) => days.filter((one) => one === day).length
    expect(await fixture.metering.history(customer.customerId, { days: 30 })).toEqual(
      [...new Set(days)].map((day) => ({ day, meter: 'image_generations', amount: amountOf(day) })),
    )
    expect(days).toHaveLength(2)
    expect(await fixture.metering.history(newCustomer().customerId, { days: 30 })).toEqual([])
  })

  it('shows a customer nothing of another', async () => {
    const [mine, theirs] = [newCustomer(), newCustomer()]
    const key = newKey()
    await fixture.metering.run(imageCall(theirs, { key }), async () => 1)
    expect((await fixture.metering.activity(mine.customerId, { limit: 10 })).items).toEqual([])
    expect(await fixture.metering.operation(mine.customerId, key)).toBeNull()
  })

  it('finds an operation by its key, running and done', async () => {
    const call = imageCall(newCustomer())
    const status = () => fixture.metering.operation(call.customer.customerId, call.key)
    await fixture.metering.run(call, async () => {
      expect(await status()).toMatchObject({ state: 'executing', endedAt: null })
    })
    expect(await status()).toMatchObject({
      state: 'settled',
      attempt: 1,
      charges: [{ meter: 'image_generations', held: 1, charged: 1 }],
    })
  })
})

describe('the ledger and a receipt', () => {
  it('say whom a call was made by and for, and nothing of a call of the customer’s own', async () => {
    const customer = newCustomer()
    const { metering } = fixture
    const subjects = [
      { kind: 'member' as const, id: 'ada' },
      { kind: 'key' as const, id: 'k1' },
    ]
    await metering.run(imageCall(customer), async () => 1)
    await metering.run(imageCall(customer, { subjects }), async () => 2)
    const { items } = await metering.ledger(customer.customerId, { limit: 2 })
    expect(items).toMatchObject([{ subjects }, { subjects: [] }])
    const [latest] = items
    if (latest?.kind !== 'operation') throw new Error('The latest line is an operation.')
    const receipt = { operationId: operationId(latest.operationId), codec: null }
    expect(await metering.receipt(customer.customerId, receipt)).toMatchObject({ subjects })
  })
})

describe('a filter of the ledger', () => {
  const STATUSES = ['charged', 'released', 'plan', 'grant', 'adjustment'] as const

  it('lists exactly the lines of the whole ledger that it selects, in any size of page', async () => {
    const { metering, backend } = fixture
    const customer = newCustomer()
    const { customerId } = customer
    await metering.sync(customer)
    for (let index = 0; index < 12; index += 1) {
      const charges = [
        ...(index % 3 === 0 ? [] : [{ meter: 'image_generations', hold: 1 }]),
        ...(index % 2 === 0 || index === 3 ? [{ meter: 'api_calls', hold: 1 }] : []),
      ]
      await kindOf(
        metering.run(imageCall(customer, { charges }), () =>
          index % 4 === 1 ? Promise.reject(new Error('no paint')) : Promise.resolve(index),
        ),
      )
      if (index % 5 === 0) {
        backend.grant(customerId, 'image_generations', 5)
        await metering.sync(customer)
      }
    }
    const all = await readWith(customerId, 100, {})
    expect(all.length).toBeGreaterThan(20)
    const times = all.map(timeOf).toSorted()
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 7 }),
        fc.option(fc.constantFrom('image_generations', 'api_calls', 'ai_tokens'), {
          nil: undefined,
        }),
        fc.option(fc.subarray([...STATUSES], { minLength: 1 }), { nil: undefined }),
        fc.option(fc.constantFrom(...times), { nil: undefined }),
        fc.option(fc.constantFrom(...times), { nil: undefined }),
        async (limit, meter, statuses, from, until) => {
          const listed = await readWith(customerId, limit, {
            ...(meter ? { meter } : {}),
            ...(statuses ? { statuses } : {}),
            ...(from ? { from } : {}),
            ...(until ? { until } : {}),
          })
          const wanted: readonly string[] | undefined = statuses
          expect(listed).toEqual(
            all.filter(
              (item) =>
                (meter === undefined || item.meter === meter) &&
                (wanted === undefined ||
                  wanted.includes(item.kind === 'change' ? item.reason : item.status)) &&
                (from === undefined || timeOf(item) >= from) &&
                (until === undefined || timeOf(item) < until),
            ),
          )
        },
      ),
      { numRuns: 60 },
    )
  })

  it('lists what is running when it asks for that, and not in a time span that has ended', async () => {
    const { metering } = fixture
    const customer = newCustomer()
    await metering.run(imageCall(customer), async () => {
      const list = (filter: LedgerFilter) => readWith(customer.customerId, 2, filter)
      expect(await list({ statuses: ['held'] })).toMatchObject([{ status: 'held' }])
      expect(await list({ meter: 'image_generations', statuses: ['held'] })).toHaveLength(1)
      expect(await list({ meter: 'api_calls', statuses: ['held'] })).toEqual([])
      expect(await list({ until: new Date().toISOString(), statuses: ['held'] })).toEqual([])
    })
  })

  /** Times in milliseconds, as callers see them; lines with the same time are on the same side of a bound. */
  function timeOf(item: LedgerItem): string {
    return item.kind === 'change' ? item.at : (item.endedAt ?? '9999')
  }

  async function readWith(
    customerId: CustomerId,
    limit: number,
    filter: LedgerFilter,
  ): Promise<LedgerItem[]> {
    const items: LedgerItem[] = []
    let cursor: string | null = null
    do {
      const page: Awaited<ReturnType<typeof fixture.metering.ledger>> =
        await fixture.metering.ledger(customerId, {
          limit,
          filter,
          ...(cursor === null ? {} : { cursor }),
        })
      items.push(...page.items)
      cursor = page.nextCursor
    } while (cursor !== null)
    return items
  }
})
