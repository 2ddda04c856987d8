import { describe, expect, it } from 'vitest'
import { assetHeaders, securityHeaders } from './security-headers.ts'

const headers = securityHeaders({ checkoutOrigins: ['https://pay.example'], https: true })

describe('securityHeaders', () => {
  it('lets scripts and styles come from us alone and no page frame us', () => {
    const policy = headers.get('Content-Security-Policy')
    expect(policy).toContain("script-src 'self';")
    expect(policy).toContain("style-src 'self';")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).toContain("form-action 'self' https://pay.example")
  })

  it('keeps browsers on https for a year where the public address is https', () => {
    expect(headers.get('Strict-Transport-Security')).toContain('max-age=31536000')
    const plain = securityHeaders({ checkoutOrigins: [], https: false })
    expect(plain.has('Strict-Transport-Security')).toBe(false)
  })
})

describe('assetHeaders', () => {
  it('keeps what a browser reads with a file, and leaves out what is about documents', () => {
    expect([...assetHeaders(headers).keys()]).toEqual([
      'Strict-Transport-Security',
      'X-Content-Type-Options',
      'Cross-Origin-Resource-Policy',
    ])
  })
})
