import { describe, expect, it } from 'vitest'
import { createIntents, memoryStorage } from './intents.ts'

const HOUR_MS = 60 * 60 * 1000

describe('intents', () => {
  it('give the same input the same key until they are closed', () => {
    const intents = createIntents({ storage: memoryStorage() })
    const key = intents.keyFor('images.generate', { prompt: 'a fox' })
    expect(intents.keyFor('images.generate', { prompt: 'a fox' })).toBe(key)
    intents.settle({ path: 'images.generate', key, error: null })
    expect(intents.keyFor('images.generate', { prompt: 'a fox' })).not.toBe(key)
  })

  it('give other input another key', () => {
    const intents = createIntents({ storage: memoryStorage() })
    const key = intents.keyFor('images.generate', { prompt: 'a fox' })
    expect(intents.keyFor('images.generate', { prompt: 'a hen' })).not.toBe(key)
  })

  it('survive a reload of the page', () => {
    const storage = memoryStorage()
    const key = createIntents({ storage }).keyFor('images.generate', { prompt: 'a fox' })
    expect(createIntents({ storage }).keyFor('images.generate', { prompt: 'a fox' })).toBe(key)
  })

  it('are not closed by an older one of the same procedure', () => {
    const intents = createIntents({ storage: memoryStorage() })
    const older = intents.keyFor('images.generate', { prompt: 'a fox' })
    const newer = intents.keyFor('images.generate', { prompt: 'a hen' })
    intents.settle({ path: 'images.generate', key: older, error: null })
    expect(intents.keyFor('images.generate', { prompt: 'a hen' })).toBe(newer)
  })

  it('are forgotten after a day, when the server has no stored result any more', () => {
    let now = 0
    const intents = createIntents({ storage: memoryStorage(), now: () => now })
    const key = intents.keyFor('images.generate', {})
    now = 23 * HOUR_MS
    expect(intents.keyFor('images.generate', {})).toBe(key)
    now = 24 * HOUR_MS
    expect(intents.keyFor('images.generate', {})).not.toBe(key)
  })

  it.each(['nonsense', '{}', '{"key":"short","input":"{}","at":0}', 'null'])(
    'start over when storage holds %j',
    (stored) => {
      const storage = memoryStorage()
      storage.setItem('tollgate:intent:images.generate', stored)
      const key = createIntents({ storage }).keyFor('images.generate', {})
      expect(key).toMatch(/^op_[0-9a-z]+_[0-9a-f]{32}$/)
    },
  )
})
