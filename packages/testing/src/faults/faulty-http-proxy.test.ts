import { once } from 'node:events'
import { createServer } from 'node:http'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createFaultyHttpProxy, type FaultyHttpProxy } from './faulty-http-proxy.ts'
import { listenOnLoopback } from '../listen-on-loopback.ts'
import { seededRandom } from './seeded-random.ts'

describe('createFaultyHttpProxy', () => {
  let received = 0
  const backend = createServer((request, response) => {
    received += 1
    request.resume()
    response.writeHead(201, { 'content-type': 'text/plain' }).end(`stored by ${request.method}`)
  })
  let target = ''
  let proxy: FaultyHttpProxy

  beforeAll(async () => {
    target = `http://127.0.0.1:${await listenOnLoopback(backend)}`
  })
  beforeEach(async () => {
    received = 0
    proxy = await createFaultyHttpProxy({ target, random: seededRandom(7) })
  })
  afterEach(() => proxy.close())
  afterAll(async () => {
    backend.close()
    backend.closeAllConnections()
    await once(backend, 'close')
  })

  const post = () => fetch(`${proxy.url}/usage`, { method: 'POST', body: '{"amount":1}' })

  it('passes request and answer on when nothing is to fail', async () => {
    const response = await post()
    expect([response.status, await response.text(), received]).toEqual([201, 'stored by POST', 1])
  })

  it('answers 500 without the backend having heard of it', async () => {
    proxy.set({ error: 1 })
    expect([(await post()).status, received]).toEqual([500, 0])
  })

  it('answers 500 after the backend has accepted', async () => {
    proxy.set({ acceptThenError: 1 })
    expect([(await post()).status, received]).toEqual([500, 1])
  })

  it('delivers twice and answers once', async () => {
    proxy.set({ duplicate: 1 })
    expect([(await post()).status, received]).toEqual([201, 2])
  })

  it('keeps silent after the backend has accepted', async () => {
    proxy.set({ hang: 1, hangMs: 50 })
    await expect(post()).rejects.toThrow('fetch failed')
    expect(received).toBe(1)
  })

  it('resets every connection while it is down, and counts them', async () => {
    proxy.set({ down: true })
    await expect(post()).rejects.toThrow('fetch failed')
    expect([received, proxy.counts().down]).toEqual([0, 1])
  })

  it('strikes once, between the answer of the backend and its passing on', async () => {
    const receivedAtHook: number[] = []
    proxy.strike({ path: 'usage', at: 'answered', act: () => receivedAtHook.push(received) })
    await (await fetch(`${proxy.url}/customers`)).text()
    await (await post()).text()
    await (await post()).text()
    expect(receivedAtHook).toEqual([2])
  })

  it('repeats its faults for the same seed', async () => {
    const again = await createFaultyHttpProxy({ target, random: seededRandom(7) })
    for (const each of [proxy, again]) {
      each.set({ error: 0.3, acceptThenError: 0.1 })
      for (let call = 0; call < 20; call++) await (await fetch(`${each.url}/usage`)).text()
    }
    expect(again.counts()).toEqual(proxy.counts())
    expect(proxy.counts().error).toBeGreaterThan(0)
    await again.close()
  })
})
