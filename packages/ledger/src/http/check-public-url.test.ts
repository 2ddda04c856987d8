import { silentLogger } from '@tollgate/contract'
import { describe, expect, it } from 'vitest'
import { checkPublicUrl } from './check-public-url.ts'

const stripe = { stripeSecretKey: 'sk_live_none', production: true }
const check = (settings: Parameters<typeof checkPublicUrl>[0]) => () => {
  checkPublicUrl(settings, silentLogger)
}

describe('the public URL', () => {
  it.each([undefined, 'http://127.0.0.1:3100', 'https://localhost', 'http://billing.example.com'])(
    '%s is refused at start in production with real payments',
    (publicUrl) => {
      expect(check({ ...stripe, publicUrl })).toThrow('BILLING_PUBLIC_URL')
    },
  )

  it('is accepted when it is public', () => {
    expect(check({ ...stripe, publicUrl: 'https://billing.example.com' })).not.toThrow()
  })

  it('may be loopback with test payments or in development', () => {
    expect(check({ production: true })).not.toThrow()
    expect(check({ stripeSecretKey: 'sk_test_none' })).not.toThrow()
  })

  it.each(['billing.example.com', 'https://billing.example.com/path', 'ftp://billing.example.com'])(
    'is refused when it is not an origin: %s',
    (publicUrl) => {
      expect(check({ publicUrl })).toThrow('is no origin')
    },
  )
})
