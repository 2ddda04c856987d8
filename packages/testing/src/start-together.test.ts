import { describe, expect, it } from 'vitest'
import { startTogether } from './start-together.ts'

describe('startTogether', () => {
  it('stops what it has started, the last first, when a later start fails', async () => {
    const stopped: string[] = []
    const starting = startTogether(async (defer) => {
      defer(() => stopped.push('server'))
      defer(() => stopped.push('proxy'))
      throw new Error('no browser')
    })
    await expect(starting).rejects.toThrow('no browser')
    expect(stopped).toEqual(['proxy', 'server'])
  })

  it('stops the rest when one of them does not stop, and fails with its error', async () => {
    const stopped: string[] = []
    const { name, stop } = await startTogether(async (defer) => {
      defer(() => stopped.push('server'))
      defer(() => Promise.reject(new Error('the browser is gone')))
      return { name: 'studio' }
    })
    expect(name).toBe('studio')
    await expect(stop()).rejects.toThrow('the browser is gone')
    expect(stopped).toEqual(['server'])
  })

  it('stops nothing twice', async () => {
    let stops = 0
    const { stop } = await startTogether(async (defer) => {
      defer(() => stops++)
      return {}
    })
    await stop()
    await stop()
    expect(stops).toBe(1)
  })
})
