import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { decodeBalanceHeader } from '@tollgate/contract'
import { freePort } from '@tollgate/testing/free-port'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { type Guest, signInAsGuest } from '../fixtures/guest.ts'
import { startTestServer } from '../fixtures/start-test-server.ts'

let server: Awaited<ReturnType<typeof startTestServer>>
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.close())

const picture = z.object({
  result: z.object({ data: z.object({ mimeType: z.literal('image/png'), url: z.string() }) }),
})
const refusal = z.object({ error: z.object({ data: z.object({ billing: z.unknown() }) }) })
const balances = z.object({
  result: z.object({
    data: z.object({
      balances: z.array(
        z.object({
          meter: z.string(),
          remaining: z.number(),
          used: z.number(),
          granted: z.number(),
          held: z.number(),
        }),
      ),
    }),
  }),
})

describe('a billed call over HTTP', () => {
  it('renders a picture, charges one credit and sends the new balance with the answer', async () => {
    const guest = await signInAsGuest(server.url)
    expect(await images(guest)).toMatchObject({ granted: 10, used: 0, remaining: 10 })
    const answer = await guest.call('images.generate', { prompt: 'a fox in the snow' })
    expect(answer.status, answer.text).toBe(200)
    const { url } = picture.parse(answer.body).result.data
    const headers = { authorization: `Bearer ${guest.token}` }
    const png = await (await fetch(`${server.url}${url}`, { headers })).arrayBuffer()
    expect(Buffer.from(png).subarray(1, 4).toString()).toBe('PNG')
    expect(answer.headers.get('x-operation-id')).toMatch(/.+/)
    expect(decodeBalanceHeader(answer.headers.get('x-billing'))).toMatchObject([
      { meter: 'image_generations', remaining: 9, used: 1 },
    ])
    expect(await images(guest)).toMatchObject({ used: 1, remaining: 9, held: 0 })
  })

  it('lets exactly ten of twenty concurrent calls through on a balance of ten', async () => {
    const guest = await signInAsGuest(server.url)
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        guest.call('images.generate', { prompt: `card ${index}` }),
      ),
    )
    const made = answers.filter(({ status }) => status === 200)
    const refused = answers.filter(({ status }) => status === 402)
    expect([made.length, refused.length]).toEqual([10, 10])
    for (const { body } of made) picture.parse(body)
    for (const { body } of refused) {
      expect(refusal.parse(body).error.data.billing).toMatchObject({
        kind: 'insufficient_credits',
        error: 'insufficient_credits',
        meter: 'image_generations',
        required: 1,
        availableBalance: expect.any(Number),
        upgradeUrl: `${server.url}/plans`,
        message: expect.any(String),
        actions: expect.arrayContaining([expect.objectContaining({ type: 'checkout' })]),
        charged: false,
      })
    }
    expect(await images(guest)).toMatchObject({ used: 10, remaining: 0, held: 0 })
    await expect.poll(() => eventsInLedger(guest), { timeout: 20_000 }).toBe(10)
  })

  it('answers the same key with the same bytes and charges once', async () => {
    const guest = await signInAsGuest(server.url)
    const key = `op_${randomUUID()}`
    const first = await guest.call('images.generate', { prompt: 'once' }, key)
    const second = await guest.call('images.generate', { prompt: 'once' }, key)
    expect(second.text).toBe(first.text)
    expect(first.headers.get('idempotency-replayed')).toBeNull()
    expect(second.headers.get('idempotency-replayed')).toBe('true')
    expect(second.headers.get('x-operation-id')).toBe(first.headers.get('x-operation-id'))
    expect(await images(guest)).toMatchObject({ used: 1 })
  })

  it('refuses the same key with other input', async () => {
    const guest = await signInAsGuest(server.url)
    const key = `op_${randomUUID()}`
    await guest.call('images.generate', { prompt: 'one' }, key)
    const other = await guest.call('images.generate', { prompt: 'another' }, key)
    expect(other.status).toBe(422)
    expect(refusal.parse(other.body).error.data.billing).toMatchObject({ kind: 'key_reused' })
    expect(await images(guest)).toMatchObject({ used: 1 })
  })

  it('charges nothing for work that threw', async () => {
    // A model provider that does not respond: the work starts and fails.
    const broken = await startTestServer({
      OPENAI_API_KEY: 'none',
      OPENAI_BASE_URL: `http://127.0.0.1:${await freePort()}/v1`,
    })
    try {
      const guest = await signInAsGuest(broken.url)
      const answer = await guest.call('text.summarize', { text: 'It rained. It stopped.' })
      expect(answer.status, answer.text).toBeGreaterThanOrEqual(500)
      expect(await balanceOf(guest, 'ai_tokens')).toMatchObject({
        used: 0,
        held: 0,
        remaining: 5000,
      })
    } finally {
      await broken.close()
    }
  })

  it('explains why a call without a key is refused', async () => {
    const { token } = await signInAsGuest(server.url)
    const response = await fetch(`${server.url}/trpc/tools.qrCode`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ text: 'hello' }),
    })
    expect(response.status).toBe(400)
    expect(refusal.parse(await response.json()).error.data.billing).toMatchObject({
      kind: 'key_missing',
    })
  })

  it('refuses HD pictures to a plan without them', async () => {
    const guest = await signInAsGuest(server.url)
    const answer = await guest.call('images.generate', { prompt: 'sharp', hd: true })
    expect(answer.status).toBe(403)
    expect(refusal.parse(answer.body).error.data.billing).toMatchObject({
      kind: 'not_in_plan',
      feature: 'hd_images',
    })
    expect(await images(guest)).toMatchObject({ used: 0 })
  })

  it('refuses a caller who is not signed in', async () => {
    const response = await fetch(`${server.url}/trpc/billing.balance`)
    expect(response.status).toBe(401)
  })

  it('charges a summary what it used', async () => {
    const guest = await signInAsGuest(server.url)
    const text = 'The river rose in the night. By morning the bridge was gone. No one was hurt.'
    const answer = await guest.call('text.summarize', { text, sentences: 1 })
    expect(answer.status, answer.text).toBe(200)
    const tokens = await balanceOf(guest, 'ai_tokens')
    expect(tokens?.used).toBeGreaterThan(5)
    expect(tokens?.used).toBeLessThan(200)
    expect(tokens?.held).toBe(0)
    expect(answer.text).toContain('"type":"receipt"')
  })

  it('keeps one balance per customer, also when another customer uses the same key', async () => {
    const [owner, other] = [await signInAsGuest(server.url), await signInAsGuest(server.url)]
    const key = `op_${randomUUID()}`
    await owner.call('images.generate', { prompt: 'mine' }, key)
    const answer = await other.call('images.generate', { prompt: 'mine' }, key)
    expect(answer.headers.get('idempotency-replayed')).toBeNull()
    expect(await images(other)).toMatchObject({ used: 1 })
  })
})

async function images(guest: Guest) {
  return balanceOf(guest, 'image_generations')
}

async function balanceOf(guest: Guest, meter: string) {
  const { body } = await guest.read('billing.balance')
  return balances.parse(body).result.data.balances.find((balance) => balance.meter === meter)
}

/** Counts this customer's events directly at the billing backend. */
async function eventsInLedger(guest: Guest): Promise<number> {
  const plan = z.object({
    result: z.object({
      data: z.object({ billing: z.object({ subscription: z.object({ id: z.string() }) }) }),
    }),
  })
  const { id } = plan.parse((await guest.read('billing.plan')).body).result.data.billing
    .subscription
  const key = await readFile(join(server.config.dataDirectory, 'billing-api-key'), 'utf8')
  const response = await fetch(`${server.billingUrl}/api/v1/usage-events?limit=100`, {
    headers: { authorization: key.trim() },
  })
  const events = z.object({ data: z.array(z.object({ subscriptionId: z.string() })) })
  return events.parse(await response.json()).data.filter((event) => event.subscriptionId === id)
    .length
}
