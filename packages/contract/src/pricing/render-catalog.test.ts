import { describe, expect, it } from 'vitest'
import { parsePricing } from './load-pricing.ts'
import { renderCatalog } from './render-catalog.ts'

function rendered(...names: string[]): string {
  const usageMeters = names.map((name, index) => ({ usageMeter: { slug: `meter_${index}`, name } }))
  return renderCatalog(parsePricing(JSON.stringify({ name: 'Test', usageMeters }), 'test.json'))
}

describe('renderCatalog', () => {
  it.each([
    ['Image generations', 'image generation', 'image generations'],
    ['AI tokens', 'AI token', 'AI tokens'],
    ['Queries', 'query', 'queries'],
    ['Batches', 'batch', 'batches'],
    ['Storage', 'storage', 'storage'],
    ['Access', 'access', 'access'],
  ])('derives what one and several of "%s" are called', (name, unit, units) => {
    expect(rendered(name)).toContain(
      `meter_0: { name: '${name}', unit: '${unit}', units: '${units}' },`,
    )
  })

  it('keeps the order of the file, which is the order of every list of meters', () => {
    expect(rendered('Zebras', 'Apes')).toMatch(/meter_0: .*Zebras.*\n.*meter_1: .*Apes/)
  })

  it('quotes an apostrophe in a name', () => {
    expect(rendered("Day's calls")).toContain("name: 'Day\\'s calls'")
  })
})
