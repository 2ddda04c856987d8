import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { AppRouter } from '@tollgate/api'
import { createTollgate } from './create-tollgate.tsx'
import { followBalances } from './follow-balances.ts'

/** As long as the first wait before a reconnect, and as the longest one. */
const WAIT_MS = { first: 1000, any: 60_000 }

let open: ServerResponse[]
let asked: string[]
/** Why the caller is refused. */
let refusal: { status: number; kind: string } | null
let url: string
let stop: () => void
beforeEach(async () => {
  open = []
  asked = []
  refusal = null
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '', 'http://localhost').pathname
    asked.push(path)
    if (refusal) return refuse(response, refusal)
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    response.write('event: connected\ndata: {}\n\ndata: []\n\n')
    open.push(response)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('No free port was given.')
  url = `http://127.0.0.1:${address.port}/trpc`
  stop = () => {
    server.closeAllConnections()
    server.close()
  }
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
})
afterEach(() => {
  vi.useRealTimers()
  stop()
})

function refuse(response: ServerResponse, { status, kind }: { status: number; kind: string }) {
  const billing = { kind, message: '', actions: [] }
  const error = { message: '', code: -32_001, data: { httpStatus: status, billing } }
  response.writeHead(status, { 'content-type': 'application/json' })
  response.end(JSON.stringify([{ error }]))
}

function follow() {
  const tollgate = createTollgate<AppRouter>({
    url,
    streams: { 'text.summarize': true },
    getToken: () => 'token',
  })
  let changes = 0
  let signedOut = 0
  const following = followBalances({
    tollgate,
    customerId: crypto.randomUUID(),
    onOtherChange: () => (changes += 1),
    onSignedOut: () => (signedOut += 1),
  })
  return { following, changes: () => changes, signedOut: () => signedOut }
}

/** Polls a value, advancing the clock by a second before each read. */
function asTimePasses<Value>(read: () => Value) {
  return expect.poll(async () => {
    await vi.advanceTimersByTimeAsync(WAIT_MS.first)
    return read()
  })
}

/** Ends a stream as a server does. */
function endStreams(): void {
  for (const response of open.splice(0)) response.end('event: return\ndata: \n\n')
}

describe('a connection that pushes balances', () => {
  it('that ends with the session says so once, and is not opened again', async () => {
    const { following, changes, signedOut } = follow()
    await expect.poll(changes).toBe(1)
    refusal = { status: 401, kind: 'not_signed_in' }
    endStreams()
    await asTimePasses(signedOut).toBe(1)
    expect(asked).toEqual([
      '/trpc/billing.onBalance',
      '/trpc/billing.onBalance',
      '/trpc/billing.balance',
    ])
    await vi.advanceTimersByTimeAsync(WAIT_MS.any)
    await fetch(new URL('/afterwards', url))
    expect([signedOut(), asked.slice(3)]).toEqual([1, ['/afterwards']])
    following.stop()
  })

  it('that is refused for another reason, or ended while the session lasts, is opened again', async () => {
    const { following, changes, signedOut } = follow()
    await expect.poll(changes).toBe(1)
    refusal = { status: 429, kind: 'rate_limited' }
    endStreams()
    await asTimePasses(() => asked.length).toBeGreaterThan(2)
    refusal = null
    await asTimePasses(changes).toBeGreaterThan(1)
    expect(signedOut()).toBe(0)
    following.stop()
  })
})
