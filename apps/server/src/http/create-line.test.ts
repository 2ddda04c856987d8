import { setTimeout as delay } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { createLine } from './create-line.ts'

describe('createLine', () => {
  it('serves a rush in the order it came, a few at a time', async () => {
    const line = createLine({ concurrent: 3, waiting: 100 })
    const served: number[] = []
    let atOnce = 0
    let most = 0
    const serve = async (id: number) => {
      const leave = await line.enter()
      atOnce += 1
      most = Math.max(most, atOnce)
      await delay(2)
      atOnce -= 1
      served.push(id)
      leave?.()
    }
    const ids = Array.from({ length: 50 }, (_, id) => id)
    await Promise.all(ids.map(serve))
    expect(most).toBe(3)
    expect(served).toEqual(ids)
  })

  it('lets no one else wait when the line is full', async () => {
    const line = createLine({ concurrent: 1, waiting: 1 })
    const first = await line.enter()
    const second = line.enter()
    expect(await line.enter()).toBeNull()
    first?.()
    expect(await second).not.toBeNull()
  })

  it('counts a slot once, however often it is given back', async () => {
    const line = createLine({ concurrent: 1, waiting: 1 })
    const first = await line.enter()
    first?.()
    first?.()
    await line.enter()
    const third = line.enter()
    expect(await Promise.race([third, delay(20, 'waiting')])).toBe('waiting')
  })
})
