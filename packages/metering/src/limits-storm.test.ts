import type { BillingCustomer, CallSubject } from '@tollgate/contract'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expectInvariants } from './fixtures/expect-invariants.ts'
import { kindOf } from './fixtures/kind-of.ts'
import {
  createMeteringFixture,
  imageCall,
  type MeteringFixture,
  newCustomer,
} from './fixtures/metering-fixture.ts'
import type { Metering } from './metering.ts'

const MEMBERS = 50
const CALLS = 20
const RUNS = 1000
const METER = 'api_calls'
const TIMEOUT_MS = 60_000
const SPENDERS = 24
const PATIENCE = { timeout: 20_000, interval: 10 }

let fixture: MeteringFixture
let processes: Metering[]
beforeAll(async () => {
  fixture = await createMeteringFixture()
  processes = [fixture.metering, fixture.another()]
})
afterAll(async () => {
  await expectInvariants(fixture.database)
  await fixture.drop()
})

describe('under load from two processes, a limit', () => {
  it(
    'of fifty members with twenty calls each is never passed, and nothing that fits it is refused',
    { timeout: TIMEOUT_MS },
    async () => {
      const customer = richCustomer()
      const limitOf = (n: number) => 5 + (n % 30)
      await Promise.all(
        Array.from({ length: MEMBERS }, (_, n) => allow(customer, member(n), limitOf(n))),
      )
      const calls = Array.from({ length: MEMBERS * CALLS }, (_, index) => ({
        n: index % MEMBERS,
        hold: 1 + ((index * 7) % 3),
      }))
      const outcomes = await Promise.all(
        calls.map(async ({ n, hold }, index) => ({
          n,
          hold,
          outcome: await use(index, customer, { subjects: [member(n)], hold }),
        })),
      )
      for (let n = 0; n < MEMBERS; n += 1) {
        const own = outcomes.filter((one) => one.n === n)
        const charged = sum(own.filter(({ outcome }) => outcome === 'answered'))
        expect(charged).toBeLessThanOrEqual(limitOf(n))
        for (const { hold, outcome } of own.filter(({ outcome }) => outcome !== 'answered')) {
          expect(outcome).toBe('limit')
          // Nothing was released, so what would fit at the end would have fit then.
          expect(charged + hold).toBeGreaterThan(limitOf(n))
        }
        expect(await standingOf(customer, member(n))).toEqual({ charged, held: 0 })
      }
    },
  )

  it(
    'of a root bounds a thousand runs that it has started, all at once',
    { timeout: TIMEOUT_MS },
    async () => {
      const customer = richCustomer()
      const root = run('root')
      await allow(customer, root, 300)
      for (let from = 0; from < RUNS; from += 100) {
        await Promise.all(
          Array.from({ length: 100 }, (_, n) => allow(customer, run(`child_${from + n}`), 1)),
        )
      }
      const outcomes = await Promise.all(
        Array.from({ length: RUNS }, (_, n) =>
          use(n, customer, { subjects: [root, run(`child_${n}`)], hold: 1 }),
        ),
      )
      expect(outcomes.filter((outcome) => outcome === 'answered')).toHaveLength(300)
      expect(outcomes.filter((outcome) => outcome === 'limit')).toHaveLength(700)
      expect(await standingOf(customer, root)).toEqual({ charged: 300, held: 0 })
    },
  )

  it(
    'that is lowered, raised and taken to nothing meanwhile is kept to from then on',
    { timeout: TIMEOUT_MS },
    async () => {
      const customer = richCustomer()
      const ada = member(0)
      await allow(customer, ada, 40)
      let isOver = false
      const asked = Array<number>(SPENDERS).fill(0)
      const spending = asked.map(async (_, n) => {
        for (; !isOver; asked[n] = (asked[n] ?? 0) + 1) {
          await use(n, customer, { subjects: [ada], hold: 1 })
        }
      })
      // The first answer may belong to a call made earlier.
      const allAskedAgain = async () => {
        const before = [...asked]
        const isAskedTwice = (times: number, n: number) => times >= (before[n] ?? 0) + 2
        await expect.poll(() => asked.every(isAskedTwice), PATIENCE).toBe(true)
      }
      await reaches(customer, ada, 15)
      await allow(customer, ada, 5)
      const whenLowered = await used(customer, ada)
      await allAskedAgain()
      expect(await used(customer, ada)).toBe(whenLowered)
      await allow(customer, ada, 60)
      await reaches(customer, ada, 60)
      await allAskedAgain()
      expect(await used(customer, ada)).toBe(60)
      await allow(customer, ada, 100)
      await reaches(customer, ada, 65)
      await allow(customer, ada, 0)
      const whenRemoved = await used(customer, ada)
      await allAskedAgain()
      isOver = true
      await Promise.all(spending)
      expect(await standingOf(customer, ada)).toEqual({ charged: whenRemoved, held: 0 })
    },
  )
})

const member = (n: number): CallSubject => ({ kind: 'member', id: `m_${n}` })
const run = (id: string): CallSubject => ({ kind: 'run', id })
const sum = (calls: readonly { hold: number }[]) =>
  calls.reduce((total, { hold }) => total + hold, 0)

function richCustomer(): BillingCustomer {
  const customer = newCustomer()
  fixture.backend.grant(customer.customerId, METER, 100_000)
  return customer
}

function allow(customer: BillingCustomer, subject: CallSubject, amount: number): Promise<void> {
  return fixture.metering.limits.set({ customer, subject, meter: METER, amount, period: null })
}

function use(
  index: number,
  customer: BillingCustomer,
  { subjects, hold }: { subjects: CallSubject[]; hold: number },
): Promise<string> {
  const metering = processes[index % processes.length] ?? fixture.metering
  const call = imageCall(customer, { charges: [{ meter: METER, hold }], subjects })
  return kindOf(metering.run(call, async () => index))
}

/** What a subject was charged and holds, computed from its operations rather than its limit. */
async function standingOf({ customerId }: BillingCustomer, { kind, id }: CallSubject) {
  const [row] = await fixture.database.query<{ charged: number; held: number }>({
    text: `select coalesce(sum(charged), 0)::integer as charged,
        coalesce(sum(held) filter (where state = 'executing'), 0)::integer as held
      from metering.operation where customer_id = $1 and $2 = any (string_to_array(subjects, ' '))`,
    values: [customerId, `${kind}:${id}`],
  })
  if (!row) throw new Error('An aggregate has one row.')
  return row
}

async function used(customer: BillingCustomer, subject: CallSubject): Promise<number> {
  const { charged, held } = await standingOf(customer, subject)
  return charged + held
}

async function reaches(customer: BillingCustomer, subject: CallSubject, credits: number) {
  await expect.poll(() => used(customer, subject), PATIENCE).toBeGreaterThanOrEqual(credits)
}
