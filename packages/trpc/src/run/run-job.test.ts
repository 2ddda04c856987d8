import type { BillingCustomer } from '@tollgate/contract'
import { InsufficientCreditsError, type Metering } from '@tollgate/metering'
import { initTRPC } from '@trpc/server'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openStudio, type Studio } from '../fixtures/open-studio.ts'
import { createStudioApp, studioCatalog } from '../fixtures/studio-app.ts'
import { billingErrors, createBilling, jobKey } from '../index.ts'

let studio: Studio
let app: ReturnType<typeof createStudioApp>
beforeAll(async () => {
  studio = await openStudio()
  app = createStudioApp(studio.metering)
})
afterAll(() => studio.close())

describe('a job without a request', () => {
  it('is charged once, however often it is delivered', async () => {
    const { customerId: id, email } = studio.newCustomer(10)
    const job = {
      customer: { id, email },
      key: jobKey('render', 17),
      operation: 'jobs.render',
      charges: { renders: 3 },
    }
    const { output } = await app.billing.run(job, async () => 'rendered')
    const again = await app.billing.run(job, async () => 'rendered twice')
    expect(again).toMatchObject({ output, receipt: { replayed: true } })
    expect(await studio.remaining({ customerId: id, name: id, email }, 'renders')).toBe(7)
  })

  it('gives its hold back when it throws, and may run again under its key', async () => {
    const { customerId: id, email } = studio.newCustomer(10)
    const job = {
      customer: { id, email },
      key: jobKey('render', 18),
      operation: 'jobs.render',
      charges: { renders: 3 },
    }
    const failing = app.billing.run(job, async () => {
      throw new RangeError('no paint')
    })
    await expect(failing).rejects.toThrow(new RangeError('no paint'))
    expect((await app.billing.run(job, async () => 'rendered')).receipt.replayed).toBe(false)
  })

  it('is refused as a plain HTTP answer where there is no tRPC', async () => {
    const { customerId: id, email } = studio.newCustomer(1)
    const charges = { renders: 3 }
    const job = { customer: { id, email }, key: jobKey('r', 19), operation: 'jobs.render', charges }
    const refusal: unknown = await app.billing
      .run(job, async () => 'rendered')
      .catch((error: unknown) => error)
    expect(refusal).toBeInstanceOf(InsufficientCreditsError)
    const response = app.billing.response(refusal)
    expect(response?.status).toBe(402)
    expect(await response?.json()).toMatchObject({ error: 'insufficient_credits', required: 3 })
    expect(app.billing.response(new Error('no'))).toBeNull()
  })

  it('is given its metering where the router finds it in the context of a call', async () => {
    const { metering } = studio
    const t = initTRPC.context<{ metering: Metering }>().create({ errorFormatter: billingErrors })
    const billing = createBilling({
      t,
      catalog: studioCatalog,
      metering: (ctx) => ctx.metering,
      customer: () => null,
    })
    const job = {
      customer: userOf(studio.newCustomer(10)),
      key: jobKey('render', 20),
      operation: 'jobs.render',
      charges: { renders: 3 },
    }
    const { output } = await billing.run({ metering, ...job }, async () => 'rendered')
    expect(output).toBe('rendered')
    // @ts-expect-error Property 'metering' is missing
    await expect(billing.run(job, async () => 'rendered')).rejects.toThrow(
      'Give it to the job: billing.run({ metering, … }, work)',
    )
  })
})

function userOf({ customerId, email }: BillingCustomer) {
  return { id: customerId, email }
}
