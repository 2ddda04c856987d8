import { describe, expect, expectTypeOf, it } from 'vitest'
import type { Catalog } from './catalog.ts'
import { defineCatalog } from './define-catalog.ts'

describe('defineCatalog', () => {
  it('keeps the slugs in the type and their order in the value', () => {
    const catalog = defineCatalog({
      meters: {
        renders: { name: 'Renders', unit: 'render', units: 'renders' },
        minutes: { name: 'Minutes', unit: 'minute', units: 'minutes' },
      },
      features: { hd: { name: 'HD' } },
      prices: { pro_monthly: { product: 'pro', name: 'Pro' } },
    })
    expectTypeOf(catalog).toEqualTypeOf<Catalog<'renders' | 'minutes', 'hd', 'pro_monthly'>>()
    expect(Object.keys(catalog.meters)).toEqual(['renders', 'minutes'])
  })

  it('needs meters only, and has nothing else then', () => {
    const calls = defineCatalog({
      meters: { calls: { name: 'Calls', unit: 'call', units: 'calls' } },
    })
    expectTypeOf(calls).toEqualTypeOf<Catalog<'calls', never, never>>()
    expect(calls).toMatchObject({ features: {}, prices: {} })
  })

  it('makes a value that any function over catalogs takes', () => {
    expectTypeOf<Catalog<'renders', 'hd', 'pro_monthly'>>().toExtend<Catalog>()
  })
})
