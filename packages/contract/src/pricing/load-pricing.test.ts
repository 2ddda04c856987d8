import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { loadPricing, parsePricing, PricingFileError } from './load-pricing.ts'
import { CATALOG_PATH, PRICING_PATH } from './pricing-path.ts'
import { renderCatalog } from './render-catalog.ts'

describe('pricing.yaml', () => {
  it('is what the checked-in slugs were made from', () => {
    expect(readFileSync(CATALOG_PATH, 'utf8')).toBe(renderCatalog(loadPricing(PRICING_PATH)))
  })
})

describe('parsePricing', () => {
  it('names file, line and column of a reference to nothing, and the nearest slug', () => {
    const text = [
      'name: Test',
      'usageMeters:',
      '  - usageMeter: { slug: image_generations, name: Images }',
      'features:',
      '  - type: usage_credit_grant',
      '    slug: some',
      '    name: Some',
      '    amount: 1',
      '    renewalFrequency: once',
      '    usageMeterSlug: image_generation',
    ].join('\n')
    expect(problemsOf(text)).toEqual([
      {
        path: 'test.yaml',
        line: 10,
        column: 21,
        message: 'there is no usage meter "image_generation". Did you mean "image_generations"?',
      },
    ])
  })

  it('refuses a default product that costs something', () => {
    const text = JSON.stringify({
      name: 'Test',
      products: [
        {
          product: { name: 'Free', slug: 'free', default: true },
          price: { type: 'subscription', slug: 'free', unitPrice: 1 },
        },
      ],
    })
    expect(problemsOf(text).map(({ message }) => message)).toEqual([
      'every customer starts on the default product: its price must be 0, without a trial',
    ])
  })

  it('says where YAML itself is broken', () => {
    expect(problemsOf('name: [1,\nfeatures')[0]).toMatchObject({ path: 'test.yaml', line: 2 })
  })

  it('reads the older format with flat meters and usage products', () => {
    const file = parsePricing(
      JSON.stringify({
        name: 'Old',
        usageMeters: [{ slug: 'fast', name: 'Fast', aggregationType: 'sum' }],
        products: [
          {
            product: { name: 'Overage', slug: 'overage' },
            price: {
              type: 'usage',
              slug: 'fast_overage',
              unitPrice: 5,
              usageEventsPerUnit: 1,
              usageMeterSlug: 'fast',
            },
          },
        ],
      }),
      'test.yaml',
    )
    expect(file.products).toEqual([])
    expect(file.usageMeters[0]?.prices[0]).toMatchObject({ slug: 'fast_overage', unitPrice: 5 })
  })
})

function problemsOf(text: string) {
  try {
    parsePricing(text, 'test.yaml')
  } catch (error) {
    if (error instanceof PricingFileError) return error.problems
    throw error
  }
  throw new Error('the file was accepted')
}
