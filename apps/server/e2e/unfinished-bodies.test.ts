import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { startTestServer } from '../fixtures/start-test-server.ts'

/** More than the server processes concurrently. */
const SOCKETS = 40

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
      let ended = 0
      await Promise.all(
        Array.from({ length: SOCKETS }, async () => {
          const socket = await sendOneByteOf(1000, path)
          socket.once('data', () => (ended += 1)).once('close', () => (ended += 1))
        }),
      )
      const read = await fetch(`${server.url}/trpc/billing.catalog`)
      const signedIn = await fetch(`${server.url}/api/auth/sign-in/anonymous`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{}',
      })
      expect([read.status, signedIn.status]).toEqual([200, 200])
      // All sockets are still open: the server has not dropped any of them yet.
      expect(ended).toBe(0)
    },
  )
})

/** Opens a request with a body of `length` bytes; once the server has the headers, sends only the first. */
async function sendOneByteOf(length: number, path: string): Promise<Socket> {
  const { hostname, port } = new URL(server.url)
  const socket = connect(Number(port), hostname)
  sockets.push(socket)
  socket.on('error', () => {})
  socket.write(
    `POST ${path} HTTP/1.1\r\nHost: ${hostname}:${port}\r\nContent-Type: application/json\r\nContent-Length: ${length}\r\nExpect: 100-continue\r\n\r\n`,
  )
  const [answer] = await once(socket, 'data')
  expect(String(answer)).toMatch(/^HTTP\/1.1 100 /u)
  socket.write('{')
  return socket
}
