import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { type Guest, signInGuests } from '../fixtures/guest.ts'
import { startOtlpReceiver } from '../fixtures/start-otlp-receiver.ts'
import { startTestServer } from '../fixtures/start-test-server.ts'

/** A guest has credits for a hundred. */
const CALLS = 25
/** Far above an ordinary call, far below any of the SDK's own time limits. */
const CALL_MS_MAX = 1500
const STOP_MS_MAX = 8000

describe('a receiver of OTLP that takes requests and never answers', () => {
  let receiver: Awaited<ReturnType<typeof startOtlpReceiver>>
  let server: Awaited<ReturnType<typeof startTestServer>>
  let guests: Guest[]
  beforeAll(async () => {
    // The queue is full after a few calls, and every export waits.
    vi.stubEnv('OTEL_BSP_SCHEDULE_DELAY', '20')
    vi.stubEnv('OTEL_BSP_MAX_QUEUE_SIZE', '32')
    vi.stubEnv('OTEL_BSP_MAX_EXPORT_BATCH_SIZE', '16')
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
    { timeout: 60_000 },
    async () => {
      const [one, other] = guests
      const stalled = await callMany(one)
      expect(receiver.requests()).toBeGreaterThan(0)
      await receiver.close()
      const gone = await callMany(other)
      for (const { statuses, slowestMs } of [stalled, gone]) {
        expect(new Set(statuses)).toEqual(new Set([200]))
        expect(slowestMs).toBeLessThan(CALL_MS_MAX)
      }
    },
  )

  it('keeps a server from stopping for a few seconds at most', { timeout: 60_000 }, async () => {
    const began = performance.now()
    await server.close()
    expect(performance.now() - began).toBeLessThan(STOP_MS_MAX)
  })
})

async function callMany(
  guest: Guest | undefined,
): Promise<{ statuses: number[]; slowestMs: number }> {
  const statuses: number[] = []
  let slowestMs = 0
  for (let index = 0; index < CALLS; index += 1) {
    const began = performance.now()
    const answer = await guest?.call('tools.qrCode', { text: `call ${index}` })
    slowestMs = Math.max(slowestMs, performance.now() - began)
    statuses.push(answer?.status ?? 0)
  }
  return { statuses, slowestMs }
}
