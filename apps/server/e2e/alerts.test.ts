import { ALERT_THRESHOLDS } from '@tollgate/contract'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import { type Guest, signInAsGuest } from '../fixtures/guest.ts'
import { openBalanceStream } from '../fixtures/open-balance-stream.ts'
import { startTestServer } from '../fixtures/start-test-server.ts'

/** A second each for the relay and the raiser, and the rest for a busy machine. */
const RAISED_MS_MAX = 60_000

let server: Awaited<ReturnType<typeof startTestServer>>
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.close())

describe('a guest who has used half of its images', { timeout: 150_000 }, () => {
  it('is alerted through the balance stream, and finds the alert in the list', async () => {
    const guest = await signInAsGuest(server.url)
    await guest.call('alerts.setPreferences', { thresholds: [...ALERT_THRESHOLDS] })
    const stream = await openBalanceStream(server.url, guest.token)
    await useImages(guest, 5)
    await vi.waitUntil(() => /^data: \[\]$/m.test(stream.received()), { timeout: RAISED_MS_MAX })
    expect(await listOf(guest)).toMatchObject({
      alerts: [{ meter: 'image_generations', threshold: 50, used: 5, granted: 10, isRead: false }],
      unread: 1,
    })
    stream.close()
  })

  it('reads and dismisses it, which its other devices notice', async () => {
    const guest = await signInAsGuest(server.url)
    await guest.call('alerts.setPreferences', { thresholds: [50] })
    await useImages(guest, 5)
    const [alert] = await vi.waitUntil(
      async () => {
        const { alerts } = await listOf(guest)
        return alerts.length > 0 && alerts
      },
      { timeout: RAISED_MS_MAX },
    )
    const phone = await openBalanceStream(server.url, guest.token)
    const read = await guest.call('alerts.markRead', { ids: [alert?.id] })
    expect(answer.parse(read.body).result.data).toMatchObject({ unread: 0 })
    await vi.waitUntil(() => /^data: \[\]$/m.test(phone.received()), { timeout: RAISED_MS_MAX })
    const dismissed = await guest.call('alerts.dismiss', { id: alert?.id })
    expect(answer.parse(dismissed.body).result.data).toEqual({ alerts: [], unread: 0 })
    phone.close()
  })
})

it('keeps what a customer wants and which prompts it closed, for all of its devices', async () => {
  const guest = await signInAsGuest(server.url)
  const read = async () => (await guest.read('alerts.preferences')).body
  expect(await read()).toMatchObject({
    result: { data: { thresholds: [80, 95, 100], dismissedPrompts: [] } },
  })
  await guest.call('alerts.setPreferences', { thresholds: [100, 50, 50] })
  await guest.call('alerts.dismissPrompt', { id: 'critical:ai_tokens:2026-11-01T00:00:00.000Z' })
  expect(await read()).toMatchObject({
    result: {
      data: {
        thresholds: [50, 100],
        dismissedPrompts: ['critical:ai_tokens:2026-11-01T00:00:00.000Z'],
      },
    },
  })
})

it('refuses a webhook address inside the network, and says why', async () => {
  const guest = await signInAsGuest(server.url)
  for (const webhookUrl of ['https://169.254.169.254/latest', 'http://hooks.example/']) {
    const { status, body } = await guest.call('alerts.setPreferences', { webhookUrl })
    expect(status).toBe(400)
    expect(body).toMatchObject({
      error: { data: { issues: [{ path: 'webhookUrl', code: 'webhook_url' }] } },
    })
  }
  expect((await guest.read('alerts.preferences')).body).toMatchObject({
    result: { data: { webhookUrl: null, webhookSecret: null, emailAddress: null } },
  })
})

const answer = z.object({
  result: z.object({
    data: z.object({ alerts: z.array(z.looseObject({ id: z.string() })), unread: z.number() }),
  }),
})

async function listOf(guest: Guest) {
  return answer.parse((await guest.read('alerts.list')).body).result.data
}

async function useImages(guest: Guest, count: number): Promise<void> {
  for (let seed = 0; seed < count; seed += 1) {
    const { status, text } = await guest.call('images.generate', { title: 'A card', seed })
    expect(status, text).toBe(200)
  }
}
