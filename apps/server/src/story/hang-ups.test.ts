import { request } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { signInAsGuest } from './guest.ts'
import { openBalanceStream } from './open-balance-stream.ts'
import { startTestServer } from './start-test-server.ts'

const HANG_UPS = 60
const STREAMS_MAX = 8

let server: Awaited<ReturnType<typeof startTestServer>>
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.close())

describe('a caller who hangs up', () => {
  it('leaves no balance stream behind, however soon that is', async () => {
    const { token } = await signInAsGuest(server.url)
    for (let turn = 0; turn < HANG_UPS; turn++) await hangUpAfter(turn % 6, token)
    await expect
      .poll(async () => {
        const streams = await Promise.all(
          Array.from({ length: STREAMS_MAX }, () => openBalanceStream(server.url, token)),
        )
        for (const { close } of streams) close()
        return streams.filter(({ received }) => received().includes('"remaining"')).length
      })
      .toBe(STREAMS_MAX)
  })
})

async function hangUpAfter(milliseconds: number, token: string): Promise<void> {
  const outgoing = request(`${server.url}/trpc/billing.onBalance`, {
    headers: { authorization: `Bearer ${token}` },
    agent: false,
  })
  outgoing.on('error', () => {})
  outgoing.end()
  await new Promise((resolve) =>
    outgoing.once('socket', (socket) => socket.once('connect', resolve)),
  )
  await delay(milliseconds)
  outgoing.destroy()
}
