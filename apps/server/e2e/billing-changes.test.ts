import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import {
  type BillingAdminClient,
  openBillingAdmin,
  payAt,
} from '../fixtures/billing-admin-client.ts'
import { customerOf, type Guest, signInAsGuest } from '../fixtures/guest.ts'
import { type BalanceListener, listenToBalance } from '../fixtures/listen-to-balance.ts'
import { startTestServer } from '../fixtures/start-test-server.ts'

/** A balance is refreshed every 30 s; a change that is seen earlier came by webhook. */
const RECEIVED_WITHIN_MS = 25_000

const balancesSchema = z.object({
  result: z.object({
    data: z.object({
      balances: z.array(z.object({ meter: z.string(), remaining: z.number() })),
    }),
  }),
})

const ledgerSchema = z.object({
  result: z.object({
    data: z.object({
      items: z.array(z.object({ meter: z.string(), reason: z.string(), amount: z.number() })),
    }),
  }),
})

let server: Awaited<ReturnType<typeof startTestServer>>
let admin: BillingAdminClient
beforeAll(async () => {
  server = await startTestServer()
  admin = openBillingAdmin({
    url: server.billingUrl ?? '',
    dataDirectory: server.config.dataDirectory,
  })
})
afterAll(() => server.close())

describe('a change at the billing backend', { timeout: 90_000 }, () => {
  let guest: Guest
  let customerId: string
  let page: BalanceListener
  beforeEach(async () => {
    guest = await signInAsGuest(server.url)
    customerId = await customerOf(server.url, guest)
    page = await listenToBalance(server.url, guest.token)
    await balancesAfter(10)
    return () => page.close()
  })

  /** Waits until the balance is pushed to the open page, then reads and returns all balances. */
  async function balancesAfter(remaining: number): Promise<unknown> {
    await vi.waitUntil(() => page.remaining('image_generations') === remaining, RECEIVED_WITHIN_MS)
    const { text } = await guest.read('billing.balance')
    return balancesSchema.parse(JSON.parse(text)).result.data.balances
  }
  /** The changes of the image balance in the ledger, newest first, without the plan's initial credits. */
  async function changes() {
    const { text } = await guest.read('billing.ledger?input=%7B%7D')
    const { items } = ledgerSchema.parse(JSON.parse(text)).result.data
    const ofImages = items.filter(({ meter }) => meter === 'image_generations')
    expect(ofImages.at(-1)).toMatchObject({ reason: 'plan', amount: 10 })
    return ofImages.slice(0, -1).map(({ reason, amount }) => ({ reason, amount }))
  }

  const images = (remaining: number) =>
    expect.arrayContaining([{ meter: 'image_generations', remaining }])

  it('shows credits granted in the console within seconds', async () => {
    const reason = randomUUID()
    const given = {
      usageMeterSlug: 'image_generations',
      amount: '7',
      name: 'Sorry',
      reason,
      days: '',
    }
    expect((await admin.form(customerId, 'grant', given)).status).toBe(303)
    expect(await balancesAfter(17)).toEqual(images(17))
    expect(await changes()).toEqual([{ reason: 'grant', amount: 7 }])
  })

  it('shows credits revoked in the console within seconds', async () => {
    const taken = { usageMeterSlug: 'image_generations', amount: '4', name: 'A mistake' }
    expect((await admin.form(customerId, 'revoke', taken)).status).toBe(303)
    expect(await balancesAfter(6)).toEqual(images(6))
    expect(await changes()).toEqual([{ reason: 'adjustment', amount: -4 }])
  })

  it('shows a top-up bought elsewhere within seconds', async () => {
    await admin.buy(customerId, 'images_topup_50')
    expect(await balancesAfter(60)).toEqual(images(60))
    expect(await changes()).toEqual([{ reason: 'purchase', amount: 50 }])
  })

  it('shows a plan started in the console within seconds', async () => {
    const form = { priceSlug: 'pro_monthly', timing: 'auto' }
    const answer = await admin.form(customerId, 'plan', form)
    await payAt(answer.headers.get('location') ?? '')
    expect(await balancesAfter(500)).toEqual(images(500))
    const { text } = await guest.read('billing.plan')
    expect(text).toContain('"planSlug":"pro"')
    expect(await changes()).toEqual([
      { reason: 'plan', amount: 500 },
      { reason: 'adjustment', amount: -10 },
    ])
  })
})

describe('the backend beside the server', () => {
  const listed = z.object({ data: z.array(z.object({ url: z.string(), active: z.boolean() })) })
  const addresses = async () => (await admin.api('/webhooks', listed)).data.map(({ url }) => url)

  it('sends webhooks to the server from the first start on, once, also after a move', async () => {
    expect(await addresses()).toEqual([`${server.url}/api/webhooks/flowglad`])
    await server.restart({})
    expect(await addresses()).toEqual([`${server.url}/api/webhooks/flowglad`])
    const moved = await server.restart({ HOST: '127.0.0.2', PUBLIC_URL: moveTo(server.url) })
    expect(await addresses()).toEqual([`${moved}/api/webhooks/flowglad`])
  })
})

function moveTo(url: string): string {
  return url.replace('127.0.0.1', '127.0.0.2')
}
