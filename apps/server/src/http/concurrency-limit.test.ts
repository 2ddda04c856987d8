import { setTimeout as delay } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { createConcurrencyLimit } from './concurrency-limit.ts'

describe('a concurrency limit', () => {
  it('serves a rush in the order it came, a few at a time', async () => {
    const limit = createConcurrencyLimit({ concurrent: 3, queued: 100 })
    const served: number[] = []
    let atOnce = 0
    let most = 0
    const serve = async (id: number) => {
      const release = await limit.acquire()
      atOnce += 1
      most = Math.max(most, atOnce)
      await delay(2)
      atOnce -= 1
      served.push(id)
      release?.()
    }
    const ids = Array.from({ length: 50 }, (_, id) => id)
    await Promise.all(ids.map(serve))
    expect(most).toBe(3)
    expect(served).toEqual(ids)
  })

  it('refuses a request when the queue is full', async () => {
    const limit = createConcurrencyLimit({ concurrent: 1, queued: 1 })
    const first = await limit.acquire()
    const second = limit.acquire()
    expect(await limit.acquire()).toBeNull()
    first?.()
    expect(await second).not.toBeNull()
  })

  it('counts a slot once, however often it is released', async () => {
    const limit = createConcurrencyLimit({ concurrent: 1, queued: 1 })
    const first = await limit.acquire()
    first?.()
    first?.()
    await limit.acquire()
    const third = limit.acquire()
    expect(await Promise.race([third, delay(20, 'waiting')])).toBe('waiting')
  })
})
