import type { BillingCustomer, CallSubject } from '@tollgate/contract'
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
const DAY_MS = 86_400_000
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

const member = (id: string): CallSubject => ({ kind: 'member', id })
const key = (id: string): CallSubject => ({ kind: 'key', id })
const run = (id: string): CallSubject & { kind: 'run' } => ({ kind: 'run', id })
const call = (customer: BillingCustomer, subjects: CallSubject[], hold = 1) =>
  imageCall(customer, { charges: [{ meter: METER, hold }], subjects })
const use = (customer: BillingCustomer, subjects: CallSubject[], hold = 1) =>
  kindOf(fixture.metering.run(call(customer, subjects, hold), async () => 'done'))
const allow = (
  customer: BillingCustomer,
  subject: CallSubject,
  amount: number,
  period: 'month' | null = null,
) => fixture.metering.limits.set({ customer, subject, meter: METER, amount, period })
const list = ({ customerId }: BillingCustomer, subject?: CallSubject) =>
  fixture.metering.limits.list({ customerId, ...(subject ? { subject } : {}) })

describe('a limit', () => {
  it('refuses what would pass it in its own words, and leaves other members alone', async () => {
    const customer = newCustomer()
    await allow(customer, member('ada'), 5, 'month')
    expect(await use(customer, [member('ada')], 3)).toBe('answered')
    const refused = fixture.metering.run(call(customer, [member('ada')], 3), async () => 'done')
    await expect(refused).rejects.toMatchObject({
      billing: {
        kind: 'limit',
        subject: { kind: 'member', id: 'ada' },
        meter: METER,
        required: 3,
        amount: 5,
        left: 2,
        resetsAt: expect.stringMatching(/-01T00:00:00.000Z$/),
        raisedBy: 'customer',
        charged: false,
      },
    })
    expect(await use(customer, [member('bob')], 20)).toBe('answered')
    expect(await use(customer, [member('ada')], 2)).toBe('answered')
    expect(await list(customer)).toEqual([
      {
        subject: { kind: 'member', id: 'ada' },
        meter: METER,
        amount: 5,
        period: 'month',
        spent: 5,
        left: 0,
        resetsAt: expect.any(String),
        expiresAt: null,
      },
    ])
  })

  it('of each of its subjects bounds a call, whichever is the tightest', async () => {
    const customer = newCustomer()
    await allow(customer, member('ada'), 10)
    await allow(customer, key('k1'), 4)
    await fixture.metering.setSpendCap(customer, { meter: METER, cap: 12 })
    expect(await use(customer, [member('ada'), key('k1')], 5)).toBe('limit')
    expect(await use(customer, [member('ada'), key('k1')], 4)).toBe('answered')
    expect(await use(customer, [member('ada')], 7)).toBe('limit')
    expect(await use(customer, [member('ada')], 6)).toBe('answered')
    expect(await use(customer, [member('bob')], 3)).toBe('spend_cap')
    expect(await use(customer, [], 2)).toBe('answered')
  })

  it('is kept to by calls that go in one statement and from two processes', async () => {
    const customer = newCustomer()
    await allow(customer, member('ada'), 17)
    const processes = [fixture.metering, fixture.another()]
    const outcomes = await Promise.all(
      Array.from({ length: 90 }, (_, n) =>
        kindOf(
          (processes[n % 2] ?? fixture.metering).run(
            call(customer, n % 3 === 0 ? [member('bob')] : [member('ada')]),
            async () => n,
          ),
        ),
      ),
    )
    const answered = outcomes.filter((outcome) => outcome === 'answered')
    expect(answered).toHaveLength(30 + 17)
    expect(await list(customer)).toMatchObject([{ spent: 17, left: 0 }])
  })

  it('counts what is held, and counts nothing of what is released', async () => {
    const customer = newCustomer()
    await allow(customer, member('ada'), 3)
    const { release } = await beginRun(fixture.metering, call(customer, [member('ada')], 3))
    expect(await list(customer)).toMatchObject([{ spent: 0, left: 0 }])
    expect(await use(customer, [member('ada')])).toBe('limit')
    await release()
    expect(await use(customer, [member('ada')], 3)).toBe('answered')
  })

  it('counts what was used where that is less than was held', async () => {
    const customer = newCustomer()
    await allow(customer, member('ada'), 10)
    const reported = { ...call(customer, [member('ada')], 10), settle: 'reported' as const }
    await fixture.metering.run(reported, async ({ report }) => report(4))
    expect(await list(customer)).toMatchObject([{ spent: 4, left: 6 }])
  })

  it('bounds what is used beyond the hold', async () => {
    const customer = newCustomer()
    await allow(customer, member('ada'), 6)
    const reported = { ...call(customer, [member('ada')], 4), settle: 'reported' as const }
    const { receipt } = await fixture.metering.run(reported, async ({ report }) => report(9))
    expect(receipt.charges).toEqual([{ meter: METER, amount: 6 }])
  })

  it('does not let a stream grow past it', async () => {
    const customer = newCustomer()
    await allow(customer, member('ada'), 12)
    const reported = { ...call(customer, [member('ada')], 10), settle: 'reported' as const }
    const stream = await fixture.metering.run(reported, async function* ({ report }) {
      for (let used = 1; used <= 50; used += 1) {
        report(used)
        yield used
      }
    })
    const chunks: unknown[] = []
    for await (const chunk of stream.chunks) chunks.push(chunk)
    expect(chunks).toHaveLength(13)
    expect(chunks.at(-1)).toMatchObject({ receipt: { complete: false } })
    expect(await list(customer)).toMatchObject([{ spent: 12, left: 0 }])
  })

  it('refuses a stream whose first piece passes it', async () => {
    const customer = newCustomer()
    await allow(customer, member('ada'), 12)
    const reported = { ...call(customer, [member('ada')], 10), settle: 'reported' as const }
    const stream = await fixture.metering.run(reported, async function* ({ report }) {
      report(13)
      yield 'too much'
    })
    const read = (async () => {
      for await (const _ of stream.chunks);
    })()
    await expect(read).rejects.toMatchObject({
      billing: { kind: 'limit', subject: { kind: 'member', id: 'ada' }, required: 13, left: 12 },
    })
  })

  it('is asked of every meter of a call', async () => {
    const customer = newCustomer()
    await allow(customer, member('ada'), 2)
    const charges = [
      { meter: 'image_generations', hold: 1 },
      { meter: METER, hold: 3 },
    ]
    const both = imageCall(customer, { charges, subjects: [member('ada')] })
    expect(await kindOf(fixture.metering.run(both, async () => 1))).toBe('limit')
    const fits = [
      { meter: 'image_generations', hold: 1 },
      { meter: METER, hold: 2 },
    ]
    const cheaper = imageCall(customer, { charges: fits, subjects: [member('ada')] })
    expect(await kindOf(fixture.metering.run(cheaper, async () => 1))).toBe('answered')
    expect(await list(customer)).toMatchObject([{ spent: 2, left: 0 }])
  })

  it('can be lowered below what was spent, raised and lifted at once', async () => {
    const customer = newCustomer()
    await allow(customer, key('k1'), 5)
    expect(await use(customer, [key('k1')], 4)).toBe('answered')
    await allow(customer, key('k1'), 2)
    expect(await use(customer, [key('k1')])).toBe('limit')
    await allow(customer, key('k1'), 6)
    expect(await use(customer, [key('k1')], 2)).toBe('answered')
    expect(await use(customer, [key('k1')])).toBe('limit')
    const { customerId } = customer
    await fixture.metering.limits.remove({ customerId, subject: key('k1'), meter: METER })
    expect(await use(customer, [key('k1')], 9)).toBe('answered')
    expect(await list(customer)).toEqual([])
  })

  it('of a month counts what was charged in it before, and resets with the next', async () => {
    const customer = newCustomer()
    await use(customer, [member('ada')], 4)
    await use(customer, [member('bob')], 4)
    await allow(customer, member('ada'), 5, 'month')
    expect(await list(customer)).toMatchObject([{ spent: 4 }])
    expect(await use(customer, [member('ada')], 2)).toBe('limit')
    await fixture.advance(MONTH_MS)
    expect(await use(customer, [member('ada')], 5)).toBe('answered')
    expect(await list(customer)).toMatchObject([{ spent: 5 }])
  })

  it('without a period never resets, and counts from when it was set', async () => {
    const customer = newCustomer()
    await use(customer, [member('ada')], 4)
    await allow(customer, member('ada'), 5)
    expect(await use(customer, [member('ada')], 5)).toBe('answered')
    await fixture.advance(MONTH_MS)
    await allow(customer, member('ada'), 6)
    expect(await use(customer, [member('ada')], 2)).toBe('limit')
  })

  it('does not hide that credits are missing', async () => {
    const customer = newCustomer()
    await allow(customer, member('ada'), 0)
    expect(await use(customer, [member('ada')], 101)).toBe('insufficient_credits')
  })

  it('of a subject with an id of another shape is refused, and a call, too', async () => {
    const customer = newCustomer()
    await expect(allow(customer, member('ada lovelace'), 1)).rejects.toMatchObject({
      code: 'INVALID_ID',
    })
    expect(await use(customer, [member('ada lovelace')])).toBe('COST_INVALID')
  })
})

describe('a run', () => {
  it('never spends more than its root allows, whatever its children were given', async () => {
    const customer = newCustomer()
    await allow(customer, run('root'), 10)
    await allow(customer, run('left'), 8)
    await allow(customer, run('right'), 8)
    const chains = [
      [run('root'), run('left')],
      [run('root'), run('right')],
    ]
    const outcomes = await Promise.all(
      Array.from({ length: 40 }, (_, n) => use(customer, chains[n % 2] ?? [])),
    )
    expect(outcomes.filter((outcome) => outcome === 'answered')).toHaveLength(10)
    expect(await list(customer, run('root'))).toMatchObject([{ spent: 10, left: 0 }])
    const children = [
      ...(await list(customer, run('left'))),
      ...(await list(customer, run('right'))),
    ]
    expect(children.reduce((sum, { spent }) => sum + spent, 0)).toBe(10)
  })

  it('spends nothing of a meter that it was given no limit of', async () => {
    const customer = newCustomer()
    expect(await use(customer, [run('unknown')])).toBe('limit')
    await allow(customer, run('known'), 1)
    expect(await use(customer, [run('unknown')])).toBe('limit')
    expect(await use(customer, [run('known'), run('unknown')])).toBe('limit')
    const images = imageCall(customer, { subjects: [run('known')] })
    expect(await kindOf(fixture.metering.run(images, async () => 1))).toBe('limit')
    expect(await use(customer, [run('known')])).toBe('answered')
  })

  it('spends nothing after its end, and its limit is purged a day later', async () => {
    const customer = newCustomer()
    await allow(customer, run('brief'), 10)
    await use(customer, [run('brief')])
    const expiresAt = new Date(Date.parse(await now()) + 60_000)
    const limit = {
      customer,
      subject: run('brief'),
      meter: METER,
      amount: 10,
      period: null,
    } as const
    await fixture.metering.limits.set({ ...limit, expiresAt })
    expect(await use(customer, [run('brief')])).toBe('answered')
    await fixture.advance(61_000)
    expect(await use(customer, [run('brief')])).toBe('limit')
    expect(await list(customer, run('brief'))).toMatchObject([{ spent: 2, left: 0 }])
    await fixture.advance(DAY_MS)
    await fixture.database.query({ text: 'select metering.purge_expired(0::smallint, 500, 0)' })
    expect(await list(customer, run('brief'))).toEqual([])
    expect(await use(customer, [run('brief')])).toBe('limit')
  })

  it('is refused with the one who can raise its limit', async () => {
    const customer = newCustomer()
    await allow(customer, run('root'), 1)
    const refused = fixture.metering.run(call(customer, [run('root')], 2), async () => 1)
    await expect(refused).rejects.toMatchObject({
      billing: { kind: 'limit', raisedBy: 'starter', resetsAt: null, actions: [] },
    })
  })
})

async function now(): Promise<string> {
  const [row] = await fixture.database.query<{ now: string }>({
    text: 'select metering.clock()::text as now',
  })
  return row?.now ?? ''
}
