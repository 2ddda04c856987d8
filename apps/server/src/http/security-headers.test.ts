import { Hono } from 'hono'
import { describe, expect, it } from 'vitest'
import { securityHeaders } from './security-headers.ts'

const app = new Hono()
app.use(securityHeaders({ checkoutOrigins: ['https://pay.example'], https: true }))
app.get('/', (c) => c.text('page'))

describe('securityHeaders', () => {
  it('lets scripts and styles come from us alone and nobody frame us', async () => {
    const policy = (await app.request('/')).headers.get('content-security-policy')
    expect(policy).toContain("script-src 'self';")
    expect(policy).toContain("style-src 'self';")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).toContain("form-action 'self' https://pay.example")
  })

  it('keeps browsers on https for a year where the house is reached by it', async () => {
    expect((await app.request('/')).headers.get('strict-transport-security')).toContain(
      'max-age=31536000',
    )
  })
})
