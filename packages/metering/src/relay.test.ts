import type { BillingCustomer } from '@tollgate/contract'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { chargeWithoutSubscription } from './fixtures/charge-without-subscription.ts'
import { expectInvariants } from './fixtures/expect-invariants.ts'
import {
  createMeteringFixture,
  imageCall,
  type MeteringFixture,
  newCustomer,
} from './fixtures/metering-fixture.ts'

let fixture: MeteringFixture
beforeAll(async () => {
  fixture = await createMeteringFixture({ policy: { backoffMs: { first: 1000, longest: 1000 } } })
})
afterEach(() => {
  fixture.backend.faults = {}
})
afterAll(async () => {
  await expectInvariants(fixture.database, ['I22'])
  await fixture.drop()
})

async function generate(customer: BillingCustomer, count = 1) {
  for (let made = 0; made < count; made += 1) {
    await fixture.metering.run(imageCall(customer), async () => 'a picture')
  }
}

async function images(customer: BillingCustomer) {
  const balances = await fixture.metering.balances(customer)
  return balances.find(({ meter }) => meter === 'image_generations')
}

const deliveredTo = (customer: BillingCustomer) =>
  [...fixture.backend.events.values()].filter(
    ({ customerId }) => customerId === customer.customerId,
  )

async function statesOf(customer: BillingCustomer) {
  const rows = await fixture.database.query<{
    state: string
    reason: string | null
    refusals: number
  }>({
    text: `select case when quarantined then 'quarantined' else 'pending' end as state, reason, refusals
      from metering.outbox where customer_id = $1`,
    values: [customer.customerId],
  })
  return rows
}

describe('the relay', () => {
  it('delivers every settled charge once and leaves the balance as it was', async () => {
    const customer = newCustomer()
    await generate(customer, 3)
    await fixture.metering.drain()
    expect(deliveredTo(customer)).toHaveLength(3)
    expect(await images(customer)).toMatchObject({ used: 3, remaining: 7 })
    await fixture.metering.sync(customer)
    expect(await images(customer)).toMatchObject({ used: 3, remaining: 7 })
  })

  it('delivers with ids that cannot be guessed', async () => {
    const customer = newCustomer()
    await generate(customer)
    await fixture.metering.drain()
    expect(deliveredTo(customer)[0]?.transactionId).toMatch(/^tg_[\w-]{43}$/)
    expect(deliveredTo(customer)[0]?.transactionId).not.toContain(
      deliveredTo(customer)[0]?.operationId,
    )
  })

  it('keeps trying while the backend is away, and people go on meanwhile', async () => {
    const customer = newCustomer()
    await generate(customer)
    fixture.backend.faults = { failure: 'unreachable' }
    await fixture.metering.drain()
    await generate(customer)
    expect(await images(customer)).toMatchObject({ used: 2, remaining: 8 })
    fixture.backend.faults = {}
    await fixture.advance(2000)
    await fixture.metering.drain()
    expect(deliveredTo(customer)).toHaveLength(2)
  })

  it('sends again what was stored but not answered, and it counts once', async () => {
    const customer = newCustomer()
    await generate(customer)
    fixture.backend.faults = { event: () => 'lose-answer' }
    await fixture.metering.drain()
    fixture.backend.faults = {}
    await fixture.advance(2000)
    await fixture.metering.drain()
    expect(deliveredTo(customer)).toHaveLength(1)
    expect(await images(customer)).toMatchObject({ used: 1, remaining: 9 })
  })

  it('is exact when a balance is read between an unanswered delivery and its answer', async () => {
    const customer = newCustomer()
    await generate(customer)
    fixture.backend.faults = { event: () => 'lose-answer' }
    await fixture.metering.drain()
    await expect(fixture.metering.sync(customer)).rejects.toMatchObject({
      code: 'billing_unavailable',
    })
    expect(await images(customer)).toMatchObject({ used: 1, remaining: 9 })
    fixture.backend.faults = {}
    await fixture.metering.sync(customer)
    expect(await images(customer)).toMatchObject({ used: 1, remaining: 9 })
    expect(await statesOf(customer)).toEqual([])
  })

  it('sets an event aside when the backend holds another amount under its id', async () => {
    const customer = newCustomer()
    await generate(customer)
    fixture.backend.faults = {
      event: (delivery) => {
        const stolen = { ...delivery, amount: 0 as typeof delivery.amount }
        fixture.backend.events.set(`${delivery.transactionId} ${delivery.meter}`, stolen)
        return 'ok'
      },
    }
    await fixture.metering.drain()
    expect(await statesOf(customer)).toMatchObject([
      { state: 'quarantined', reason: 'the backend holds amount 0 under this id, we sent 1' },
    ])
    expect(await images(customer)).toMatchObject({ used: 1, remaining: 9 })
  })

  it('sets an event aside after five refusals, and the others flow', async () => {
    const [poison, healthy] = [newCustomer(), newCustomer()]
    await generate(poison)
    await generate(healthy)
    fixture.backend.faults = {
      event: ({ customerId }) => (customerId === poison.customerId ? 'refuse' : 'ok'),
    }
    for (let attempt = 1; attempt <= 5; attempt += 1) {
      await fixture.metering.drain()
      await fixture.advance(1001)
    }
    expect(await statesOf(poison)).toMatchObject([{ state: 'quarantined', refusals: 5 }])
    expect(await statesOf(healthy)).toEqual([])
  })

  it('does not count attempts while the backend does not know our key', async () => {
    const customer = newCustomer()
    await generate(customer)
    fixture.backend.faults = { failure: 'unauthorized' }
    for (let attempt = 1; attempt <= 7; attempt += 1) {
      await fixture.metering.drain()
      await fixture.advance(1001)
    }
    expect(await statesOf(customer)).toMatchObject([{ state: 'pending', refusals: 0 }])
    fixture.backend.faults = {}
    await fixture.metering.drain()
    expect(await statesOf(customer)).toEqual([])
  })

  it('lets a sync that waits go first', async () => {
    const customer = newCustomer()
    await generate(customer)
    let answer: () => void = () => {}
    fixture.backend.faults = {
      before: (request) =>
        request === 'read'
          ? Promise.resolve()
          : new Promise((resolve) => {
              answer = resolve
            }),
    }
    // The delivery hangs until the sync waits, however long that takes on a busy machine.
    const patient = fixture.another({ claimMs: 60_000, syncWaitMs: 60_000 })
    const before = fixture.backend.requests.deliver
    const delivering = patient.drain()
    await expect.poll(() => fixture.backend.requests.deliver).toBeGreaterThan(before)
    const syncing = patient.sync(customer)
    await generate(customer)
    await expect
      .poll(async () => {
        const [row] = await fixture.database.query<{ waits: boolean }>({
          text: 'select sync_wanted_until > metering.clock() as waits from metering.customer where customer_id = $1',
          values: [customer.customerId],
        })
        return row?.waits
      })
      .toBe(true)
    answer()
    fixture.backend.faults = {}
    await syncing
    await delivering
    expect(await images(customer)).toMatchObject({ used: 2, remaining: 8 })
  })

  it('reads customers that wait for it, though one of them cannot be read', async () => {
    const [broken, waiting] = [newCustomer(), newCustomer()]
    for (const customer of [broken, waiting]) {
      await chargeWithoutSubscription(fixture.database, customer)
    }
    const { readCustomer } = fixture.backend
    fixture.backend.readCustomer = async (customer, options) => {
      if (customer.customerId === broken.customerId) throw new Error('This one cannot be read.')
      return readCustomer(customer, options)
    }
    // A sync started by the calls may still be failing; the customer's next turn comes after a pause.
    const delivered = async () => {
      await fixture.metering.drain()
      return deliveredTo(waiting).length
    }
    await expect.poll(delivered).toBe(1)
    fixture.backend.readCustomer = readCustomer
    expect(deliveredTo(broken)).toHaveLength(0)
  })

  it('delivers by itself soon after a charge, once started', async () => {
    const customer = newCustomer()
    const running = fixture.another()
    await running.start()
    try {
      await generate(customer)
      await expect.poll(() => deliveredTo(customer).length).toBe(1)
    } finally {
      await running.stop()
    }
  })

  it('notifies listeners in every process of what changed', async () => {
    const customer = newCustomer()
    await fixture.metering.balances(customer)
    const other = fixture.another()
    const seen: number[] = []
    const stop = other.onBalanceChange(customer.customerId, (updates) => {
      for (const update of updates) {
        if (update.meter === 'image_generations') seen.push(update.remaining)
      }
    })
    await expect
      .poll(async () => {
        await fixture.metering.sync(customer)
        return seen.length
      })
      .toBeGreaterThan(0)
    await generate(customer)
    await expect.poll(() => seen.at(-1)).toBe(9)
    stop()
    await other.stop()
  })
})
