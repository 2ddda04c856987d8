import { setTimeout as delay } from 'node:timers/promises'
import { Hono } from 'hono'
import { describe, expect, it } from 'vitest'
import { waitInLine } from './wait-in-line.ts'

describe('waitInLine', () => {
  it('serves a rush in the order it came, a few at a time', async () => {
    const served: number[] = []
    let atOnce = 0
    let most = 0
    const app = new Hono()
    app.use(waitInLine({ concurrent: 3, waiting: 100 }))
    app.get('/:id', async (c) => {
      atOnce += 1
      most = Math.max(most, atOnce)
      await delay(2)
      atOnce -= 1
      served.push(Number(c.req.param('id')))
      return c.text('served')
    })
    const ids = Array.from({ length: 50 }, (_, id) => id)
    await Promise.all(ids.map(async (id) => app.request(`/${id}`)))
    expect(most).toBe(3)
    expect(served).toEqual(ids)
  })

  it('asks callers back in a second when the line is full', async () => {
    const app = new Hono()
    app.use(waitInLine({ concurrent: 1, waiting: 1 }))
    app.get('/', async (c) => (await delay(5), c.text('served')))
    const answers = await Promise.all([app.request('/'), app.request('/'), app.request('/')])
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 503])
    expect(answers[2]?.headers.get('retry-after')).toBe('1')
  })

  it('goes on after a request that failed', async () => {
    const app = new Hono()
    app.use(waitInLine({ concurrent: 1, waiting: 1 }))
    app.get('/', () => Promise.reject(new Error('broken')))
    app.onError((_, c) => c.text('failed', 500))
    for (let request = 0; request < 3; request++) {
      expect((await app.request('/')).status).toBe(500)
    }
  })
})
