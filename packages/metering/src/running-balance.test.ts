import type { BalanceSource } from '@tollgate/contract'
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
import { readLedger } from './fixtures/read-ledger.ts'

let fixture: MeteringFixture
beforeAll(async () => {
  fixture = await createMeteringFixture()
})
afterAll(async () => {
  await expectInvariants(fixture.database)
  await fixture.drop()
})

const images = (hold: number) => [{ meter: 'image_generations' as const, hold }]

describe('the running balance of the ledger', () => {
  it('follows from row to row when credits are bought amid eight concurrent charges', async () => {
    const customer = newCustomer()
    const { customerId } = customer
    const { metering, backend } = fixture
    const other = fixture.another()
    await metering.sync(customer)
    const charge = (amount: number, index: number) =>
      (index % 2 === 0 ? metering : other).run(
        imageCall(customer, { charges: images(amount) }),
        async () => {
          if (index === 4) {
            backend.grant(customerId, 'image_generations', 50)
            await other.sync(customer)
          }
          return index
        },
      )
    await Promise.all([1, 2, 1, 1, 2, 1, 1, 1].map(charge))
    const items = (await readLedger(metering, customerId)).filter(
      ({ meter }) => meter === 'image_generations',
    )
    expect(items).toHaveLength(10)
    expect(items[0]).toMatchObject({ kind: 'change', amount: 10, balanceAfter: 10 })
    expect(items.filter(({ amount }) => amount === 50)).toMatchObject([{ kind: 'change' }])
    expect(items.at(-1)).toMatchObject({ balanceAfter: 50 })
  })

  const step = fc.oneof(
    fc.record({ kind: fc.constant('charge' as const), hold: fc.integer({ min: 1, max: 4 }) }),
    fc.record({ kind: fc.constant('report' as const), used: fc.integer({ min: 0, max: 6 }) }),
    fc.record({ kind: fc.constantFrom('both', 'fail', 'sync', 'drain', 'move' as const) }),
    fc.record({ kind: fc.constant('grant' as const), amount: fc.integer({ min: -5, max: 30 }) }),
  )

  it('ends at the balance of the account, whatever was charged, granted, delivered and read at once', async () => {
    const { metering, backend } = fixture
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(step, { maxLength: 8 }), { maxLength: 5 }),
        async (rounds) => {
          const customer = newCustomer()
          const other = fixture.another()
          await metering.sync(customer)
          const take = async (one: (typeof rounds)[number][number]): Promise<unknown> => {
            switch (one.kind) {
              case 'charge':
                return other.run(imageCall(customer, { charges: images(one.hold) }), async () => 1)
              case 'report':
                return metering.run(
                  imageCall(customer, { charges: images(3), settle: 'reported' }),
                  async ({ report }) => report(one.used),
                )
              case 'both':
                return metering.run(
                  imageCall(customer, { charges: [...images(1), { meter: 'api_calls', hold: 2 }] }),
                  async () => 1,
                )
              case 'fail':
                return metering.run(imageCall(customer), () =>
                  Promise.reject(new Error('no paint')),
                )
              case 'grant':
                return backend.grant(customer.customerId, 'image_generations', one.amount)
              case 'sync':
                return other.sync(customer)
              case 'drain':
                return metering.drain()
              case 'move':
                return metering.handOver({
                  from: customer,
                  to: newCustomer(),
                  move: async () => {},
                })
            }
          }
          for (const round of rounds) {
            await Promise.all(round.map((one) => kindOf(take(one))))
          }
          await metering.sync(customer)
          const items = await readLedger(metering, customer.customerId)
          for (const { meter, remaining, overage, held } of await metering.balances(customer)) {
            const last = items.findLast(
              (item) => item.meter === meter && item.balanceAfter !== null,
            )
            // A meter that never had credits has no line.
            expect({ meter, left: last?.balanceAfter ?? 0 }).toEqual({
              meter,
              left: remaining + held - overage,
            })
          }
        },
      ),
      { numRuns: 20 },
    )
  }, 240_000)
})

const source = (overrides: Partial<BalanceSource>): BalanceSource => ({
  source: 'plan',
  name: 'Pro',
  granted: 10,
  remaining: 10,
  expiresAt: '2026-12-01T00:00:00.000Z',
  ...overrides,
})
const topUp = source({
  source: 'topup',
  name: 'Fifty',
  granted: 50,
  remaining: 50,
  expiresAt: null,
})
const gift = source({ source: 'grant', name: 'Sorry', granted: 5, remaining: 5, expiresAt: null })
const nextPeriod = source({ expiresAt: '2027-01-01T00:00:00.000Z' })

describe('a change of a balance at the backend is explained by the sources of its credits', () => {
  it.each([
    ['a plan that begins', [], [source({})], 10, ['plan Pro 10']],
    ['a purchase', [source({})], [source({}), topUp], 50, ['purchase Fifty 50']],
    ['a second purchase of the same', [topUp], [topUp, topUp], 50, ['purchase Fifty 50']],
    ['a grant by hand', [source({})], [source({}), gift], 5, ['grant Sorry 5']],
    ['a refund', [topUp], [], -50, ['refund Fifty -50']],
    [
      'a refund of what was partly used meanwhile',
      [topUp, source({})],
      [source({})],
      -20,
      ['refund Fifty -20'],
    ],
    ['a renewal', [source({ remaining: 4 })], [nextPeriod], 6, ['plan Pro 10', 'expiry Pro -4']],
    ['credits that expired', [source({ remaining: 4 })], [], -4, ['expiry Pro -4']],
    ['a purchase that is used up already', [topUp], [], 0, []],
    ['usage of another application', [topUp], [topUp], -7, ['adjustment null -7']],
    ['what no source explains', [], [], 3, ['adjustment null 3']],
  ])('%s', async (_what, before, after, change, expected) => {
    const rows = await fixture.database.query<{
      reason: string
      name: string | null
      amount: number
    }>({
      text: `select reason, name, amount from metering.explain_change($1, $2, $3, '2026-12-02T00:00:00Z')`,
      values: [JSON.stringify(before), JSON.stringify(after), change],
    })
    expect(rows.map(({ reason, name, amount }) => `${reason} ${name} ${amount}`)).toEqual(expected)
  })
})
