import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { startTestServer } from '../fixtures/start-test-server.ts'

/** More than the server works on at a time. */
const SOCKETS = 40
const ANSWER_MS_MAX = 5000

let server: Awaited<ReturnType<typeof startTestServer>>
const sockets: Socket[] = []
beforeAll(async () => {
  server = await startTestServer()
})
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.destroy()
})
afterAll(() => server.close())

describe('callers who never finish what they send', () => {
  it.each(['/trpc/tools.qrCode', '/api/webhooks/flowglad', '/api/auth/update-user'])(
    'keep no one from being answered while they send to %s',
    async (path) => {
      await Promise.all(Array.from({ length: SOCKETS }, () => sendOneByteOf(1000, path)))
      // All of them are with the server before anyone else comes.
      await delay(1500)
      const signal = AbortSignal.timeout(ANSWER_MS_MAX)
      const read = await fetch(`${server.url}/trpc/billing.catalog`, { signal })
      const signedIn = await fetch(`${server.url}/api/auth/sign-in/anonymous`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{}',
        signal,
      })
      expect([read.status, signedIn.status]).toEqual([200, 200])
    },
  )
})

/** Opens a request whose body of `length` bytes stops after the first. */
async function sendOneByteOf(length: number, path: string): Promise<void> {
  const { hostname, port } = new URL(server.url)
  const socket = connect(Number(port), hostname)
  sockets.push(socket)
  socket.on('error', () => {})
  await once(socket, 'connect')
  socket.write(
    `POST ${path} HTTP/1.1\r\nHost: ${hostname}:${port}\r\nContent-Type: application/json\r\nContent-Length: ${length}\r\n\r\n{`,
  )
}
