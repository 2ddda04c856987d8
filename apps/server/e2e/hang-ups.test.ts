import { randomUUID } from 'node:crypto'
import { request } from 'node:http'
import { Writable } from 'node:stream'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createLogger } from '../src/create-logger.ts'
import { signInAsGuest } from '../fixtures/guest.ts'
import { openBalanceStream } from '../fixtures/open-balance-stream.ts'
import { startTestServer } from '../fixtures/start-test-server.ts'

const HANG_UPS = 60
const STREAMS_MAX = 8
const SETTLE_MS = 1500
/** A leaked slot is never released; any other is, even on a busy machine. */
const NOTICED_MS_MAX = 20_000

let server: Awaited<ReturnType<typeof startTestServer>>
const logged: string[] = []
beforeAll(async () => {
  const lines = new Writable({
    write(chunk, _, done) {
      logged.push(String(chunk))
      done()
    },
  })
  server = await startTestServer({}, undefined, createLogger('debug', lines))
})
afterAll(() => server.close())

describe('a caller who hangs up', () => {
  it('leaves no balance stream behind, however soon that is', async () => {
    const { token } = await signInAsGuest(server.url)
    for (let turn = 0; turn < HANG_UPS; turn++) {
      await hangUpAfter(turn % 6, { path: 'billing.onBalance', token })
    }
    await expect
      .poll(
        async () => {
          const streams = await Promise.all(
            Array.from({ length: STREAMS_MAX }, () => openBalanceStream(server.url, token)),
          )
          for (const { close } of streams) close()
          return streams.filter(({ received }) => received().includes('"remaining"')).length
        },
        { timeout: NOTICED_MS_MAX },
      )
      .toBe(STREAMS_MAX)
  })

  const text = Array.from({ length: 400 }, (_, word) => `word${word}.`).join(' ')
  it.each([
    { path: 'billing.balance' },
    { path: 'billing.onBalance' },
    { path: 'tools.qrCode', body: { text: 'hello' } },
    { path: 'text.summarize', body: { text, sentences: 9 } },
    { path: 'images.generate', body: { prompt: 'hello' } },
    { path: 'text.summarize', body: { text, sentences: 9 }, sent: 0.5 },
  ])('is no failure in the log, whenever that is: $path $sent', async (call) => {
    const { token } = await signInAsGuest(server.url)
    await (await signInAsGuest(server.url)).read('billing.balance')
    logged.length = 0
    for (let turn = 0; turn < HANG_UPS; turn++) {
      await hangUpAfter(turn % 30, { ...call, token })
    }
    // By then, everything still running has ended.
    await delay(SETTLE_MS)
    expect(logged.filter(isFailure)).toEqual([])
  })
})

/** A busy machine that misses the two-second deadline also logs a 503, which the caller did not cause. */
function isFailure(line: string): boolean {
  return /"level":[56]0|"stack"/u.test(line) && !line.includes('temporarily unavailable')
}

type Call = {
  path: string
  token: string
  body?: object
  /** The share of the body that is sent before the caller disconnects. */
  sent?: number
}

async function hangUpAfter(milliseconds: number, call: Call): Promise<void> {
  const { path, token, body, sent = 1 } = call
  const bytes = body && JSON.stringify(body)
  const outgoing = request(`${server.url}/trpc/${path}`, {
    method: bytes === undefined ? 'GET' : 'POST',
    headers: {
      authorization: `Bearer ${token}`,
      'idempotency-key': `op_${randomUUID()}`,
      ...(bytes && { 'content-type': 'application/json', 'content-length': bytes.length }),
    },
    agent: false,
  })
  outgoing.on('error', () => {})
  outgoing.on('response', (response) => response.on('error', () => {}).resume())
  outgoing.write(bytes?.slice(0, bytes.length * sent) ?? '')
  if (sent === 1) outgoing.end()
  await new Promise((resolve) =>
    outgoing.once('socket', (socket) => socket.once('connect', resolve)),
  )
  await delay(milliseconds)
  outgoing.destroy()
}
