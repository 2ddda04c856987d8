import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  openTestBackend,
  present,
  type TestBackend,
  type TestCustomer,
} from '../testing/test-backend.ts'
import { pricingWithOnceCredits } from '../testing/once-credits.ts'
import { checkInvariants } from '../check-invariants.ts'

const DAY = 86_400_000
let backend: TestBackend

beforeAll(async () => {
  backend = await openTestBackend({ pricing: pricingWithOnceCredits() })
})
afterAll(() => backend.close())

/** One possible action on a customer. */
type Action =
  | { kind: 'use'; meter: string; amount: number; again: boolean; late: boolean; daysAgo: number }
  | { kind: 'bulk'; amounts: number[] }
  | { kind: 'buy'; price: string }
  | { kind: 'cancel'; timing: string }
  | { kind: 'uncancel' }
  | { kind: 'adjust'; price: string; timing: string; prorate: boolean }
  | { kind: 'grant'; amount: number; expiresInDays: number | null }
  | { kind: 'revoke'; amount: number }
  | { kind: 'refund' }
  | { kind: 'payments_fail' }
  | { kind: 'move'; back: boolean }
  | { kind: 'wait'; days: number }

const meter = fc.constantFrom('image_generations', 'api_calls', 'ai_tokens')
const anyAction: fc.Arbitrary<Action> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('use' as const),
      meter,
      amount: fc.integer({ min: 1, max: 40 }),
      again: fc.boolean(),
      late: fc.boolean(),
      daysAgo: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 45 })),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('bulk' as const),
      amounts: fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 12 }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('buy' as const),
      price: fc.constantFrom('pro_monthly', 'images_topup_50'),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('cancel' as const),
      timing: fc.constantFrom('immediately', 'at_end_of_current_billing_period'),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ kind: 'uncancel' as const }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('adjust' as const),
      price: fc.constantFrom('pro_monthly', 'max_monthly'),
      timing: fc.constantFrom('auto', 'immediately', 'at_end_of_current_billing_period'),
      prorate: fc.boolean(),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('grant' as const),
      amount: fc.integer({ min: 1, max: 30 }),
      expiresInDays: fc.option(fc.integer({ min: 1, max: 50 })),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('revoke' as const),
      amount: fc.integer({ min: 1, max: 20 }),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ kind: 'refund' as const }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'payments_fail' as const }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('move' as const), back: fc.boolean() }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('wait' as const),
      days: fc.integer({ min: 1, max: 70 }),
    }),
  },
)

describe('any sequence of customer operations', () => {
  it('keeps the balance equal to its entries and neither loses nor duplicates an event', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyAction, { minLength: 4, maxLength: 18 }), async (story) => {
        const customer = await backend.customer()
        const sent = new Set<string>()
        for (const action of story) await perform(customer, action, sent)
        await customer.balance()
        expect(await checkInvariants(backend.database)).toEqual([])
        expect(await countEvents(customer)).toBe(sent.size)
        expect(await onceCredits(customer)).toBeLessThanOrEqual(5_000)
      }),
      { numRuns: 15, endOnFailure: true },
    )
  }, 180_000)

  it('keeps the balance equal to its entries when two operations run at once', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(anyAction, anyAction), { minLength: 3, maxLength: 8 }),
        async (story) => {
          const customer = await backend.customer()
          const sent = new Set<string>()
          for (const pair of story)
            await Promise.all(pair.map((action) => perform(customer, action, sent)))
          await customer.balance()
          expect(await checkInvariants(backend.database)).toEqual([])
          expect(await countEvents(customer)).toBe(sent.size)
        },
      ),
      { numRuns: 8, endOnFailure: true },
    )
  }, 180_000)
})

let made = 0

async function perform(customer: TestCustomer, action: Action, sent: Set<string>): Promise<void> {
  const path = `/customers/${customer.externalId}`
  const { request } = backend
  const manualEntry = { usageMeterSlug: 'image_generations', name: 'by hand' }
  switch (action.kind) {
    case 'use': {
      const transactionId = `use_${++made}`
      sent.add(transactionId)
      // A late event still names the customer's first plan.
      const { subscriptions } = await customer.billing()
      const subscriptionId = action.late ? present(subscriptions.at(-1)).id : undefined
      const use = {
        transactionId,
        meter: action.meter,
        usageDate: backend.time.now - action.daysAgo * DAY,
        ...(subscriptionId && { subscriptionId }),
      }
      answered(await customer.use(action.amount, use))
      // A repetition may meet another plan than the first one did, and is then refused: still one event.
      if (action.again) await customer.use(action.amount, use)
      return
    }
    case 'bulk': {
      const subscriptionId = (await customer.subscription()).id
      const usageEvents = action.amounts.map((amount) => ({
        amount,
        subscriptionId,
        transactionId: `bulk_${++made}`,
        usageMeterSlug: 'image_generations',
      }))
      for (const { transactionId } of usageEvents) sent.add(transactionId)
      answered(
        await request('POST', '/usage-events/bulk', {
          usageEvents: [...usageEvents, ...usageEvents],
        }),
      )
      return
    }
    case 'buy':
      return expected(await customer.buy(action.price))
    case 'cancel': {
      const { id } = await customer.subscription()
      return expected(
        await request('POST', `/subscriptions/${id}/cancel`, {
          cancellation: { timing: action.timing },
        }),
      )
    }
    case 'uncancel': {
      const { id } = await customer.subscription()
      return expected(await request('POST', `/subscriptions/${id}/uncancel`, {}))
    }
    case 'adjust': {
      const { id } = await customer.subscription()
      const adjustment = {
        timing: action.timing,
        prorateCurrentBillingPeriod: action.prorate,
        newSubscriptionItems: [{ priceSlug: action.price, quantity: 1 }],
      }
      return expected(await request('POST', `/subscriptions/${id}/adjust`, { adjustment }))
    }
    case 'grant': {
      const expiresAt =
        action.expiresInDays === null ? null : backend.time.now + action.expiresInDays * DAY
      return expected(
        await request('POST', `${path}/grants`, {
          grant: { ...manualEntry, amount: action.amount, expiresAt },
        }),
      )
    }
    case 'revoke':
      return expected(
        await request('POST', `${path}/revocations`, {
          revocation: { ...manualEntry, amount: action.amount },
        }),
      )
    case 'refund': {
      const { body } = await request<{ data: { id: string }[] }>('GET', '/payments?limit=1')
      const [payment] = body.data
      if (payment) expected(await request('POST', `/payments/${payment.id}/refund`, {}))
      return
    }
    case 'payments_fail':
      return expected(await request('POST', '/dev/faults', { failingPayments: 1 }))
    case 'move': {
      const other = await backend.customer()
      const moves = action.back ? [customer, other, customer] : [customer, other]
      for (const [index, to] of moves.entries()) {
        const from = moves[index - 1]
        if (!from) continue
        const move = { toExternalId: to.externalId, idempotencyKey: `move_${++made}` }
        expected(await request('POST', `/customers/${from.externalId}/move`, { move }))
      }
      return
    }
    case 'wait':
      backend.time.now += action.days * DAY
  }
}

function answered({ status, body }: { status: number; body: unknown }): void {
  expect(status, JSON.stringify(body)).toBe(200)
}

/** Refusals are expected; server errors are not. */
function expected({ status, body }: { status: number; body: unknown }): void {
  expect(status, JSON.stringify(body)).toBeLessThan(500)
}

async function countEvents(customer: TestCustomer): Promise<number> {
  const [row] = await backend.database.query<{ count: number }>({
    text: `select count(*) from usage_event event join customer on customer.id = event.customer_id where external_id = $1`,
    values: [customer.externalId],
  })
  return row?.count ?? 0
}

/** How much a customer received of the credits that are granted once per customer; moved ones count for their original owner. */
async function onceCredits(customer: TestCustomer): Promise<number> {
  const [row] = await backend.database.query<{ issued: number }>({
    text: `select coalesce(sum(given.amount), 0)::bigint as issued from credit_grant given
           join customer on customer.organization_id = given.organization_id and customer.id = given.customer_id
           where customer.external_id = $1 and given.name = '5,000 tokens to begin with' and position(':to:' in given.reason) = 0`,
    values: [customer.externalId],
  })
  return row?.issued ?? 0
}
