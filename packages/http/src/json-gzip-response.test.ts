import { once } from 'node:events'
import { get as httpGet, type IncomingHttpHeaders } from 'node:http'
import { gunzipSync } from 'node:zlib'
import { silentLogger } from '@tollgate/contract'
import { afterEach, describe, expect, it } from 'vitest'
import { type Fetch, type Listener, startListener } from './start-listener.ts'

const LARGE = JSON.stringify({ items: Array.from({ length: 100 }, (_, id) => ({ id, ok: true })) })
const SMALL = JSON.stringify({ items: [] })

let listener: Listener | null = null
afterEach(async () => {
  await listener?.close()
  listener = null
})

describe('a JSON answer larger than a kilobyte', () => {
  it('is compressed for a caller who accepts gzip', async () => {
    const answer = await get(() => json(LARGE, { Vary: 'trpc-accept' }), 'br, gzip;q=0.8')
    expect(answer.headers).toMatchObject({
      'content-encoding': 'gzip',
      'content-length': String(answer.bytes.length),
      vary: 'trpc-accept, Accept-Encoding',
      'x-fixed': 'yes',
    })
    expect(answer.bytes.length).toBeLessThan(LARGE.length / 4)
    expect(gunzipSync(answer.bytes).toString()).toBe(LARGE)
  })

  it.each([undefined, 'br', 'identity', 'gzip;q=0', 'gzip; q=0.0, br'])(
    'is sent as it is to a caller who accepts %s, and says that this could differ',
    async (accepted) => {
      const answer = await get(() => json(LARGE), accepted)
      expect(answer.headers['content-encoding']).toBeUndefined()
      expect(answer.headers.vary).toBe('Accept-Encoding')
      expect(answer.bytes.toString()).toBe(LARGE)
    },
  )
})

describe('is never compressed:', () => {
  it.each<[string, Fetch, number]>([
    ['a small JSON answer', () => json(SMALL), SMALL.length],
    ['a picture', () => new Response(new Uint8Array(9000), typed('image/png')), 9000],
    ['a stream of chunks', () => new Response(inPieces(), typed('application/jsonl')), 3000],
    ['a stream of events', () => new Response(inPieces(), typed('text/event-stream')), 3000],
    ['JSON that comes in pieces', () => new Response(inPieces(), typed('application/json')), 3000],
  ])('%s', async (_what, handler, length) => {
    const answer = await get(handler, 'gzip')
    expect(answer.headers['content-encoding']).toBeUndefined()
    expect(answer.bytes).toHaveLength(length)
  })
})

function typed(type: string): ResponseInit {
  return { headers: { 'Content-Type': type } }
}

function json(text: string, headers: Record<string, string> = {}): Response {
  return new Response(text, { headers: { 'Content-Type': 'application/json', ...headers } })
}

function inPieces(): ReadableStream<Uint8Array> {
  let left = 3
  return new ReadableStream({
    pull(controller) {
      if (left-- > 0) controller.enqueue(new Uint8Array(1000).fill(120))
      else controller.close()
    },
  })
}

async function get(
  handler: Fetch,
  accepted?: string,
): Promise<{ headers: IncomingHttpHeaders; bytes: Buffer }> {
  listener = await startListener({
    port: 0,
    hostname: '127.0.0.1',
    bodyBytesMax: () => 1000,
    totalBodyBytesMax: 1000,
    headers: () => new Map([['X-Fixed', 'yes']]),
    requestIdHeader: 'X-Request-Id',
    refuse: () => new Response(null, { status: 500 }),
    logger: silentLogger,
  })
  listener.handle(handler)
  const request = httpGet({
    port: listener.port,
    host: '127.0.0.1',
    agent: false,
    headers: accepted === undefined ? {} : { 'accept-encoding': accepted },
  })
  const [response] = await once(request, 'response')
  const chunks: Buffer[] = []
  for await (const chunk of response) chunks.push(chunk)
  return { headers: response.headers, bytes: Buffer.concat(chunks) }
}
