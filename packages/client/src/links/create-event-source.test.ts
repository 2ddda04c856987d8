import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createEventSource } from './create-event-source.ts'

let received: IncomingHttpHeaders[]
let open: ServerResponse[]
let status: number
let url: string
let stop: () => void
beforeEach(async () => {
  received = []
  open = []
  status = 200
  const server = createServer((request, response) => {
    received.push(request.headers)
    response.writeHead(status, { 'content-type': 'text/event-stream' })
    response.write('data: first\n\n')
    open.push(response)
    if (status !== 200) response.end()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('No free port was given.')
  url = `http://127.0.0.1:${address.port}`
  stop = () => {
    server.closeAllConnections()
    server.close()
  }
})
afterEach(() => {
  vi.useRealTimers()
  stop()
})

function connect() {
  const Source = createEventSource(fetch)
  const source = new Source(url, { headers: { authorization: 'Bearer tok' } })
  const seen: unknown[] = []
  source.addEventListener('message', (event) => seen.push(Reflect.get(event, 'data')))
  source.addEventListener('error', () => seen.push(source.readyState))
  return { source, seen }
}

describe('a push connection with headers', () => {
  it('sends them, and hands on what arrives', async () => {
    const { source, seen } = connect()
    await expect.poll(() => seen).toEqual(['first'])
    expect(received[0]).toMatchObject({ authorization: 'Bearer tok', accept: 'text/event-stream' })
    open[0]?.write('data: second\n\n')
    await expect.poll(() => seen).toEqual(['first', 'second'])
    source.close()
    await expect.poll(() => open[0]?.destroyed).toBe(true)
    expect(seen).toEqual(['first', 'second'])
  })

  it('connects again after a loss, and says so', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const { source, seen } = connect()
    await expect.poll(() => seen).toEqual(['first'])
    open[0]?.destroy()
    await expect.poll(() => seen).toEqual(['first', 0])
    vi.runAllTimers()
    await expect.poll(() => seen).toEqual(['first', 0, 'first'])
    source.close()
  })

  it('ends for good when the server refuses it', async () => {
    status = 401
    const { seen } = connect()
    await expect.poll(() => seen).toEqual([2])
    expect(received).toHaveLength(1)
  })
})
