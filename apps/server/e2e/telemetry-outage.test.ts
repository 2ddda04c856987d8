import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { type Guest, signInGuests } from '../fixtures/guest.ts'
import { startOtlpReceiver } from '../fixtures/start-otlp-receiver.ts'
import { startTestServer } from '../fixtures/start-test-server.ts'

/** Covered by a guest's credits for a hundred. */
const CALLS = 25
/** SDK timeouts longer than any test, so that whatever waits for an export never finishes. */
const NEVER_MS = '600000'
const STOP_MS_MAX = 8000

describe('a receiver of OTLP that takes requests and never answers', () => {
  let receiver: Awaited<ReturnType<typeof startOtlpReceiver>>
  let server: Awaited<ReturnType<typeof startTestServer>>
  let guests: Guest[]
  beforeAll(async () => {
    // Fills the queue after a few calls, with every export waiting.
    vi.stubEnv('OTEL_BSP_SCHEDULE_DELAY', '20')
    vi.stubEnv('OTEL_BSP_MAX_QUEUE_SIZE', '32')
    vi.stubEnv('OTEL_BSP_MAX_EXPORT_BATCH_SIZE', '16')
    vi.stubEnv('OTEL_BSP_EXPORT_TIMEOUT', NEVER_MS)
    vi.stubEnv('OTEL_EXPORTER_OTLP_TIMEOUT', NEVER_MS)
    receiver = await startOtlpReceiver({ stalled: true })
    server = await startTestServer({
      OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
      OTEL_METRIC_EXPORT_INTERVAL: '1000',
    })
    guests = await signInGuests(server.url, 2)
    for (const guest of guests) await guest.call('tools.qrCode', { text: 'warm' })
  }, 120_000)
  afterAll(() => vi.unstubAllEnvs())

  it(
    'neither fails nor delays a call, nor does one that is gone',
    { timeout: 120_000 },
    async () => {
      const [one, other] = guests
      const stalled = await callMany(one)
      expect(receiver.requests()).toBeGreaterThan(0)
      await receiver.close()
      const gone = await callMany(other)
      expect(new Set([...stalled, ...gone])).toEqual(new Set([200]))
    },
  )

  it('keeps a server from stopping for a few seconds at most', { timeout: 60_000 }, async () => {
    const another = await startOtlpReceiver({ stalled: true })
    await server.restart({ OTEL_EXPORTER_OTLP_ENDPOINT: another.url })
    await guests[0]?.call('tools.qrCode', { text: 'before the stop' })
    await expect.poll(another.requests).toBeGreaterThan(0)
    const began = performance.now()
    await server.close()
    expect(performance.now() - began).toBeLessThan(STOP_MS_MAX)
    await another.close()
  })
})

async function callMany(guest: Guest | undefined): Promise<number[]> {
  const statuses: number[] = []
  for (let index = 0; index < CALLS; index += 1) {
    const answer = await guest?.call('tools.qrCode', { text: `call ${index}` })
    statuses.push(answer?.status ?? 0)
  }
  return statuses
}
