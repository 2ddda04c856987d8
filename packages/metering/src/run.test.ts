import type { BillingCustomer } from '@tollgate/contract'
import { catalog } from '@tollgate/contract/catalog'
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
  fixture = await createMeteringFixture({ policy: { commitLookupTimeoutMs: 500 } })
})
afterAll(async () => {
  await expectInvariants(fixture.database)
  await fixture.drop()
})

async function images(customer: BillingCustomer) {
  const balances = await fixture.metering.balances(customer)
  return balances.find(({ meter }) => meter === 'image_generations')
}

describe('a billed call', () => {
  it('charges what was held, once, and returns the remaining balance', async () => {
    const customer = newCustomer()
    const { output, receipt } = await fixture.metering.run(
      imageCall(customer),
      async () => 'a picture',
    )
    expect(output).toBe('a picture')
    expect(receipt).toMatchObject({
      charges: [{ meter: 'image_generations', amount: 1 }],
      replayed: false,
      balances: [{ meter: 'image_generations', granted: 10, used: 1, held: 0, remaining: 9 }],
    })
    expect(await images(customer)).toMatchObject({
      granted: 10,
      used: 1,
      remaining: 9,
      state: 'ok',
    })
  })

  it('shows what is held apart from what is used while the work runs', async () => {
    const customer = newCustomer()
    await fixture.metering.run(imageCall(customer), async () => {
      expect(await images(customer)).toMatchObject({ used: 0, held: 1, remaining: 9 })
    })
  })

  it('gives the hold back and hands the error on when the work throws', async () => {
    const customer = newCustomer()
    const failing = fixture.metering.run(imageCall(customer), async () => {
      throw new RangeError('no paint')
    })
    await expect(failing).rejects.toThrow(new RangeError('no paint'))
    expect(await images(customer)).toMatchObject({ used: 0, held: 0, remaining: 10 })
  })

  it('answers the same key with the stored result and runs nothing', async () => {
    const customer = newCustomer()
    const call = imageCall(customer)
    const first = await fixture.metering.run(call, async () => ({ at: Math.random() }))
    const second = await fixture.metering.run(call, async () => {
      throw new Error('ran again')
    })
    expect(second.output).toEqual(first.output)
    expect(second.receipt).toMatchObject({ replayed: true, operationId: first.receipt.operationId })
    expect(await images(customer)).toMatchObject({ used: 1 })
  })

  it('refuses a key that comes back with other input', async () => {
    const call = imageCall(newCustomer())
    await fixture.metering.run(call, async () => 1)
    const other = { ...call, input: { prompt: 'a wolf' } }
    expect(await kindOf(fixture.metering.run(other, async () => 2))).toBe('key_reused')
  })

  it('refuses a key that comes back with another upload', async () => {
    const upload = (text: string) => {
      const form = new FormData()
      form.append('picture', new File([text], 'picture.png', { type: 'image/png' }))
      return form
    }
    const call = imageCall(newCustomer(), { input: upload('a fox') })
    await fixture.metering.run(call, async () => 'of a fox')
    const again = { ...call, input: upload('a fox') }
    expect((await fixture.metering.run(again, async () => 'anew')).output).toBe('of a fox')
    const other = { ...call, input: upload('an owl') }
    expect(await kindOf(fixture.metering.run(other, async () => 2))).toBe('key_reused')
  })

  it('takes input for the same whatever the order of its fields', async () => {
    const call = imageCall(newCustomer(), { input: { a: 1, b: { c: 2, d: 3 } } })
    await fixture.metering.run(call, async () => 1)
    const again = { ...call, input: { b: { d: 3, c: 2 }, a: 1 } }
    expect((await fixture.metering.run(again, async () => 2)).output).toBe(1)
  })

  it('keeps the keys of two customers apart', async () => {
    const key = newKey()
    const first = imageCall(newCustomer(), { key })
    const second = imageCall(newCustomer(), { key })
    expect((await fixture.metering.run(first, async () => 'mine')).output).toBe('mine')
    expect((await fixture.metering.run(second, async () => 'yours')).output).toBe('yours')
  })

  it('answers a caller whose operation still runs with a time to retry', async () => {
    const call = imageCall(newCustomer())
    await fixture.metering.run(call, async () => {
      expect(await kindOf(fixture.metering.run(call, async () => 2))).toBe('in_progress')
    })
  })

  it('runs a key again whose work had failed', async () => {
    const customer = newCustomer()
    const call = imageCall(customer)
    await kindOf(fixture.metering.run(call, async () => Promise.reject(new Error('no paint'))))
    expect((await fixture.metering.run(call, async () => 'second try')).output).toBe('second try')
    expect(await images(customer)).toMatchObject({ used: 1, held: 0 })
  })

  it('lets exactly as many concurrent calls through as the balance covers', async () => {
    const customer = newCustomer()
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, () =>
        kindOf(fixture.metering.run(imageCall(customer), async () => 'a picture')),
      ),
    )
    expect(outcomes.filter((outcome) => outcome === 'answered')).toHaveLength(10)
    expect(outcomes.filter((outcome) => outcome === 'insufficient_credits')).toHaveLength(10)
    expect(await images(customer)).toMatchObject({
      used: 10,
      held: 0,
      remaining: 0,
      state: 'exhausted',
    })
  })

  it('says what is needed, what is there and where to go when the balance is used up', async () => {
    const customer = newCustomer()
    const call = imageCall(customer, { charges: [{ meter: 'image_generations', hold: 11 }] })
    const error = await fixture.metering.run(call, async () => 1).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({
      code: 'insufficient_credits',
      billing: {
        error: 'insufficient_credits',
        required: 11,
        availableBalance: 10,
        upgradeUrl: '/plans',
      },
    })
  })

  it('finds a top-up that arrived a moment ago, with the same key', async () => {
    const customer = newCustomer()
    const call = imageCall(customer, { charges: [{ meter: 'image_generations', hold: 11 }] })
    expect(await kindOf(fixture.metering.run(call, async () => 1))).toBe('insufficient_credits')
    fixture.backend.grant(customer.customerId, 'image_generations', 5)
    expect(await kindOf(fixture.metering.run(call, async () => 1))).toBe('answered')
    expect(await images(customer)).toMatchObject({ granted: 15, used: 11, remaining: 4 })
  })

  it('takes several meters all or nothing', async () => {
    const customer = newCustomer()
    const call = imageCall(customer, {
      charges: [
        { meter: 'image_generations', hold: 1 },
        { meter: 'ai_tokens', hold: 5001 },
      ],
    })
    expect(await kindOf(fixture.metering.run(call, async () => 1))).toBe('insufficient_credits')
    expect(await images(customer)).toMatchObject({ used: 0, held: 0 })
  })

  it('refuses what the plan does not include, and lets it through once it does', async () => {
    const customer = newCustomer()
    const call = imageCall(customer, { feature: 'hd_images' })
    expect(await kindOf(fixture.metering.run(call, async () => 1))).toBe('not_in_plan')
    fixture.backend.setFeatures(customer.customerId, ['hd_images'])
    expect(await kindOf(fixture.metering.run(call, async () => 1))).toBe('answered')
  })

  it('counts an unlimited meter and never refuses it', async () => {
    const customer = newCustomer()
    fixture.backend.setFeatures(customer.customerId, ['unlimited_api_calls'])
    const charges = [{ meter: 'api_calls' as const, hold: 150 }]
    expect(
      await kindOf(fixture.metering.run(imageCall(customer, { charges }), async () => 1)),
    ).toBe('answered')
    const calls = (await fixture.metering.balances(customer)).find(
      ({ meter }) => meter === 'api_calls',
    )
    expect(calls).toMatchObject({
      used: 150,
      state: 'unlimited',
      unlimited: true,
      percentUsed: null,
    })
  })

  it.each([0, -1, 0.5, Number.NaN, Infinity, 2 ** 31])(
    'never reaches the work with a hold of %s',
    async (hold) => {
      let ran = false
      const call = imageCall(newCustomer(), { charges: [{ meter: 'image_generations', hold }] })
      const outcome = await kindOf(fixture.metering.run(call, async () => (ran = true)))
      expect({ outcome, ran }).toEqual({ outcome: 'COST_INVALID', ran: false })
    },
  )

  it('charges what the work reported and returns the rest', async () => {
    const customer = newCustomer()
    const call = imageCall(customer, {
      charges: [{ meter: 'image_generations', hold: 5 }],
      settle: 'reported',
    })
    const { receipt } = await fixture.metering.run(call, async ({ report }) => {
      report(2)
    })
    expect(receipt.charges).toEqual([{ meter: 'image_generations', amount: 2 }])
    expect(await images(customer)).toMatchObject({ used: 2, held: 0, remaining: 8 })
  })

  it('charges an exact total instead of the estimate that was reported before', async () => {
    const customer = newCustomer()
    const call = imageCall(customer, {
      charges: [{ meter: 'image_generations', hold: 5 }],
      settle: 'reported',
    })
    const { receipt } = await fixture.metering.run(call, async ({ report, correct }) => {
      report(4)
      correct(2)
      expect(() => correct(-1)).toThrow('it reported -1 of "image_generations"')
    })
    expect(receipt.charges).toEqual([{ meter: 'image_generations', amount: 2 }])
  })

  it('charges more than was held when the funds are there, and the hold when they are not', async () => {
    const customer = newCustomer()
    const charges = [{ meter: 'image_generations' as const, hold: 5 }]
    const use = (amount: number) =>
      fixture.metering.run(
        imageCall(customer, { charges, settle: 'reported' }),
        async ({ report }) => report(amount),
      )
    expect((await use(5)).receipt.charges).toEqual([{ meter: 'image_generations', amount: 5 }])
    expect((await use(9)).receipt.charges).toEqual([{ meter: 'image_generations', amount: 5 }])
    expect(await images(customer)).toMatchObject({ used: 10, remaining: 0, overage: 0 })
  })

  it('charges for use beyond the hold as far as the balance goes', async () => {
    const customer = newCustomer()
    const charges = [{ meter: 'image_generations' as const, hold: 4 }]
    const { receipt } = await fixture.metering.run(
      imageCall(customer, { charges, settle: 'reported' }),
      async ({ report }) => report(1000),
    )
    expect(receipt.charges).toEqual([{ meter: 'image_generations', amount: 10 }])
    expect(await images(customer)).toMatchObject({ used: 10, remaining: 0, held: 0, overage: 0 })
  })

  it('charges for use beyond the hold as far as the customer allows itself', async () => {
    const customer = newCustomer()
    await fixture.metering.setSpendCap(customer, { meter: 'image_generations', cap: 6 })
    const charges = [{ meter: 'image_generations' as const, hold: 4 }]
    const { receipt } = await fixture.metering.run(
      imageCall(customer, { charges, settle: 'reported' }),
      async ({ report }) => report(1000),
    )
    expect(receipt.charges).toEqual([{ meter: 'image_generations', amount: 6 }])
  })

  it('charges nothing for a result too large to be kept', async () => {
    const customer = newCustomer()
    const outcome = await kindOf(
      fixture.metering.run(imageCall(customer), async () => 'x'.repeat(1_048_577)),
    )
    expect(outcome).toBe('RESULT_TOO_LARGE')
    expect(await images(customer)).toMatchObject({ used: 0, held: 0 })
  })

  it('shows every meter as unknown while the backend was never reached', async () => {
    fixture.backend.faults = { failure: 'unreachable' }
    try {
      const balances = await fixture.metering.balances(newCustomer())
      expect(balances.map(({ meter, state }) => [meter, state])).toEqual(
        Object.keys(catalog.meters).map((meter) => [meter, 'unknown']),
      )
    } finally {
      fixture.backend.faults = {}
    }
  })

  it('refuses a customer never seen while the backend is away', async () => {
    fixture.backend.faults = { failure: 'unreachable' }
    try {
      expect(await kindOf(fixture.metering.run(imageCall(newCustomer()), async () => 1))).toBe(
        'billing_unavailable',
      )
    } finally {
      fixture.backend.faults = {}
    }
  })
})
