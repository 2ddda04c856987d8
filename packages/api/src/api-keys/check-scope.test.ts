import { describe, expect, it } from 'vitest'
import { appRouter } from '../router.ts'
import { checkScope } from './check-scope.ts'

const anything = { id: 'key', procedures: null, meters: null }
const drawCode = { path: 'tools.qrCode', meta: appRouter.tools.qrCode._def.meta }

describe('the scope of an API key', () => {
  it('without bounds is everything that is sold', () => {
    const { images, text } = appRouter
    for (const call of [
      drawCode,
      { path: 'images.generate', meta: images.generate._def.meta },
      { path: 'text.summarize', meta: text.summarize._def.meta },
    ]) {
      expect(() => checkScope(anything, call)).not.toThrow()
    }
  })

  it('refuses a procedure that it does not include, and one whose meter it does not', () => {
    expect(() => checkScope({ ...anything, meters: ['api_calls'] }, drawCode)).not.toThrow()
    expect(() => checkScope({ ...anything, meters: ['ai_tokens'] }, drawCode)).toThrow(/api_calls/)
    expect(() => checkScope({ ...anything, procedures: [] }, drawCode)).toThrow(/tools\.qrCode/)
  })
})
