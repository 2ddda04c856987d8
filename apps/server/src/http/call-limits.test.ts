import { describe, expect, it } from 'vitest'
import { kindOfCall } from './call-limits.ts'

const billedPaths = new Set(['images.generate', 'text.summarize'])

describe('kindOfCall', () => {
  it.each([
    { method: 'GET', path: '/trpc/billing.catalog', kind: 'read' },
    { method: 'GET', path: '/trpc/images.generate', kind: 'read' },
    { method: 'POST', path: '/trpc/billing.checkout', kind: 'free' },
    { method: 'POST', path: '/trpc/images.generate', kind: 'billed' },
    { method: 'POST', path: '/trpc/billing.refresh,text.summarize', kind: 'billed' },
    { method: 'POST', path: '/trpc/billing.refresh%2Ctext.summarize', kind: 'billed' },
    { method: 'POST', path: '/trpc/', kind: 'free' },
  ])('takes $method $path for a $kind call', ({ method, path, kind }) => {
    expect(kindOfCall({ method, path }, billedPaths)).toBe(kind)
  })
})
