import { once } from 'node:events'
import { Agent, request } from 'node:http'
import { connect, type Socket } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { silentLogger } from '@tollgate/contract'
import { afterEach, expect, it } from 'vitest'
import { type Fetch, type Listener, startListener } from './start-listener.ts'

const BODY_BYTES_MAX = 1000
const TOTAL_BYTES_MAX = 3000
/** The listener responds to it as soon as it has read the headers. */
const EXPECT = 'Expect: 100-continue'
const CONTINUE = 'HTTP/1.1 100 Continue\r\n\r\n'
const STATUS = { too_large: 413, malformed: 400, overloaded: 503, starting: 503 }

const cleanups: (() => unknown)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup()
})

it('hands a request on once its whole body has arrived', async () => {
  const { url } = await listen(async (received) => new Response(await received.text()))
  const whole = await fetch(url, { method: 'POST', body: 'x'.repeat(900) })
  expect(await whole.text()).toHaveLength(900)
  const piecewise = await open(url, 'POST / HTTP/1.1\r\nTransfer-Encoding: chunked')
  for (const piece of ['a', 'b', 'c']) {
    piecewise.socket.write(`1\r\n${piece}\r\n`)
    await delay(5)
  }
  piecewise.socket.write('0\r\n\r\n')
  await expect.poll(piecewise.received).toMatch(/abc$/)
})

it('refuses a body by the length it announces, before any of it is sent', async () => {
  const { url } = await listen(() => new Response('taken'))
  const { received } = await open(url, 'POST / HTTP/1.1\r\nContent-Length: 1001')
  await expect.poll(received).toContain('413')
  expect(received()).toContain('Connection: close')
})

it('counts a body that announces no length', async () => {
  const { url } = await listen(() => new Response('taken'))
  const { socket, received } = await open(url, 'POST / HTTP/1.1\r\nTransfer-Encoding: chunked')
  const chunk = `200\r\n${'x'.repeat(512)}\r\n`
  socket.write(chunk)
  await fetch(url)
  expect(received()).toBe('')
  socket.write(chunk)
  await expect.poll(received).toContain('413')
})

it('drops the oldest unfinished body when all bodies together grow too large', async () => {
  const { url } = await listen(async (received) => new Response(await received.text()))
  const senders: Awaited<ReturnType<typeof open>>[] = []
  for (let index = 0; index < 4; index++) {
    const sender = await open(url, `POST / HTTP/1.1\r\n${EXPECT}\r\nContent-Length: 1000`)
    await expect.poll(sender.received).toBe(CONTINUE)
    sender.socket.write('x'.repeat(900))
    senders.push(sender)
  }
  await expect.poll(() => senders[0]?.received()).toContain('503')
  senders[3]?.socket.write('y'.repeat(100))
  await expect.poll(() => senders[3]?.received()).toContain('200 OK')
  expect(senders[1]?.received()).toBe(CONTINUE)
})

it('drops a request whose caller hung up while sending', async () => {
  let calls = 0
  const { url } = await listen(() => new Response(String(++calls)))
  const head = `POST / HTTP/1.1\r\n${EXPECT}\r\nContent-Length: 10`
  const { socket, received } = await open(url, head)
  await expect.poll(received).toBe(CONTINUE)
  socket.write('x')
  socket.destroy()
  expect(await (await fetch(url)).text()).toBe('1')
})

it('sends its fixed headers and an id with every answer, also with those the application never sees', async () => {
  const { url } = await listen(() => new Response('taken'))
  const taken = await fetch(url)
  expect(taken.headers.get('x-fixed')).toBe('always')
  expect(taken.headers.get('x-id')).toMatch(/^[0-9a-f-]{36}$/)
  const refused = await fetch(url, { method: 'POST', body: 'x'.repeat(2000) })
  expect(refused.headers.get('x-fixed')).toBe('always')
  const malformed = await open(url, 'GET http:// HTTP/1.1')
  await expect.poll(malformed.received).toMatch(/400[^]+X-Fixed: always/)
})

it('answers requests in flight and already on their way when it stops', async () => {
  let finish = () => {}
  const waiting = new Promise<void>((resolve) => (finish = resolve))
  let begin = () => {}
  const begun = new Promise<void>((resolve) => (begin = resolve))
  const { url, listener } = await listen(async (received) => {
    if (received.url.endsWith('/slow')) {
      begin()
      await waiting
    }
    return new Response('answered')
  })
  const agent = new Agent({ keepAlive: true })
  cleanups.push(() => agent.destroy())
  expect(await get(`${url}/first`, agent)).toMatchObject({ status: 200 })
  const slow = get(`${url}/slow`, new Agent())
  await begun
  const closed = listener.close()
  // On the connection that was idle when the stop began.
  expect(await get(`${url}/second`, agent)).toMatchObject({ status: 200, connection: 'close' })
  finish()
  expect(await slow).toMatchObject({ status: 200, connection: 'close' })
  await closed
  await expect(get(url, new Agent())).rejects.toMatchObject({ code: 'ECONNREFUSED' })
})

it('closes a connection right behind an answer that had begun before the stop, while idle ones stay open', async () => {
  let finish = () => {}
  const { url, listener } = await listen(({ url: address }) => {
    if (!address.endsWith('/begun')) return new Response('answered')
    const body = new ReadableStream({
      start(controller) {
        controller.enqueue(new TextEncoder().encode('begun'))
        finish = () => controller.close()
      },
    })
    return new Response(body)
  })
  const idle = await open(url, 'GET / HTTP/1.1')
  await expect.poll(idle.received).toContain('answered')
  const busy = await open(url, 'GET /begun HTTP/1.1')
  await expect.poll(busy.received).toContain('begun')
  // Uses the idle connection at the moment the other one closes.
  busy.socket.on('end', () => idle.socket.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n'))
  const stopped = listener.close()
  finish()
  await stopped
  expect(busy.received()).toMatch(/begun\r\n0\r\n\r\n$/)
  expect(idle.received()).toMatch(/answered[^]+200 OK[^]+Connection: close[^]+answered/)
})

it('sends readers of event streams a reconnection time before it stops', async () => {
  const closing = new AbortController()
  const { url, listener } = await listen(() => {
    const body = new ReadableStream({
      start(controller) {
        controller.enqueue(new TextEncoder().encode('data: first\n\n'))
        closing.signal.addEventListener('abort', () => controller.close())
      },
    })
    return new Response(body, { headers: { 'content-type': 'text/event-stream' } })
  })
  const reader = await open(url, 'GET / HTTP/1.1')
  await expect.poll(reader.received).toContain('data: first')
  const closed = listener.close()
  closing.abort()
  await closed
  expect(reader.received()).toMatch(/data: first[^]+retry: \d+\n\n/)
})

async function listen(fetchRequest: Fetch): Promise<{ url: string; listener: Listener }> {
  const listener = await startListener({
    port: 0,
    hostname: '127.0.0.1',
    bodyBytesMax: () => BODY_BYTES_MAX,
    totalBodyBytesMax: TOTAL_BYTES_MAX,
    headers: () => new Map([['X-Fixed', 'always']]),
    requestIdHeader: 'X-Id',
    refuse: (refusal) => new Response(refusal, { status: STATUS[refusal] }),
    logger: silentLogger,
  })
  listener.handle(fetchRequest)
  cleanups.push(() => listener.close())
  return { url: `http://127.0.0.1:${listener.port}`, listener }
}

async function open(url: string, head: string) {
  const { hostname, port } = new URL(url)
  const socket: Socket = connect(Number(port), hostname)
  cleanups.push(() => socket.destroy())
  let text = ''
  socket.on('data', (chunk) => (text += chunk.toString()))
  socket.on('error', () => {})
  await once(socket, 'connect')
  socket.write(`${head}\r\nHost: ${hostname}:${port}\r\n\r\n`)
  return { socket, received: () => text }
}

function get(url: string, agent: Agent): Promise<{ status: number; connection: string }> {
  return new Promise((resolve, reject) => {
    const outgoing = request(url, { agent })
    outgoing.on('error', reject)
    outgoing.on('response', (response) => {
      response.resume()
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          connection: response.headers.connection ?? '',
        }),
      )
    })
    outgoing.end()
  })
}
