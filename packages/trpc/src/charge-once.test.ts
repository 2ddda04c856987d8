import { randomUUID } from 'node:crypto'
import { RECEIPT_HEADER } from '@tollgate/contract'
import { initTRPC } from '@trpc/server'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { z } from 'zod'
import { openStudio, type Studio } from './fixtures/open-studio.ts'
import { sendCall } from './fixtures/send-call.ts'
import { studioCatalog } from './fixtures/studio-app.ts'
import { billingErrors, createBilling, PriceError } from './index.ts'

let studio: Studio
let app: ReturnType<typeof createApp>
beforeAll(async () => {
  studio = await openStudio()
  app = createApp()
})
afterAll(() => studio.close())

const title = z.object({ title: z.string() })
const price = { meter: 'renders', amount: 1, example: { title: 'Metropolis' } } as const
const byId = { ...price, chargeOnce: { result: (film: { id: string }) => film.id } } as const

function createApp() {
  const t = initTRPC
    .context<{ user: { id: string; email: string } | null }>()
    .create({ errorFormatter: billingErrors })
  const { metering } = studio
  const billing = createBilling({
    t,
    catalog: studioCatalog,
    metering,
    customer: ({ user }) => user,
  })
  const router = t.router({
    import: billing
      .procedure(byId)
      .input(title)
      .mutation(({ input }) => ({ id: input.title.toLowerCase() })),
    upsert: billing.procedure
      .input(title)
      .output(z.object({ id: z.string() }))
      .price(byId)
      .mutation(({ input }) => ({ id: input.title.toLowerCase() })),
  })
  return { billing, router }
}

it.each(['import', 'upsert'])(
  '%s charges once for one result, whatever the keys and inputs, and says so in the receipt',
  async (path) => {
    const customer = studio.newCustomer(10)
    const user = { id: customer.customerId, email: customer.email }
    const receipts: unknown[] = []
    for (const name of ['Metropolis', 'METROPOLIS', 'Nosferatu']) {
      const response = await sendCall(app, path, { title: name }, { user, key: randomUUID() })
      receipts.push(JSON.parse(response.headers.get(RECEIPT_HEADER) ?? 'null'))
    }
    const charges = [{ meter: 'renders', amount: 1 }]
    expect(receipts).toMatchObject([
      { charges },
      { charges: [], chargedBy: expect.any(String) },
      { charges },
    ])
    expect(await studio.remaining(customer, 'renders')).toBe(8)
  },
)

it('what cannot be charged by its result is refused by the compiler or at its definition', () => {
  const { procedure } = app.billing
  const definitions = [
    // @ts-expect-error A stream has no result to be charged once by
    procedure(byId).mutation(async function* () {
      yield 1
    }),
    // @ts-expect-error chargeOnce.result() needs what this work does not return.
    procedure(byId).mutation(() => ({ title: 'Metropolis' })),
  ]
  expect(definitions).toHaveLength(2)
  const misspelt = { ...price, chargeOnce: 'per_result' } as const
  // @ts-expect-error '"per_result"' is not assignable
  expect(() => procedure(misspelt)).toThrow(PriceError)
})
