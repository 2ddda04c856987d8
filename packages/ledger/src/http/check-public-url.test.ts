import { silentLogger } from '@tollgate/contract'
import { describe, expect, it } from 'vitest'
import { checkPublicUrl } from './check-public-url.ts'

const stripe = { stripeSecretKey: 'sk_live_none', production: true }
const check = (settings: Parameters<typeof checkPublicUrl>[0]) => () => {
  checkPublicUrl(settings, silentLogger)
}

describe('the address that payments come back to', () => {
  it.each([undefined, 'http://127.0.0.1:3100', 'https://localhost', 'http://billing.example.com'])(
    'is refused at start when it is %s and real money is taken in production',
    (publicUrl) => {
      expect(check({ ...stripe, publicUrl })).toThrow('BILLING_PUBLIC_URL')
    },
  )

  it('is accepted when the world can reach it', () => {
    expect(check({ ...stripe, publicUrl: 'https://billing.example.com' })).not.toThrow()
  })

  it('may be this machine while payments are tests, or in development', () => {
    expect(check({ production: true })).not.toThrow()
    expect(check({ stripeSecretKey: 'sk_test_none' })).not.toThrow()
  })

  it.each(['billing.example.com', 'https://billing.example.com/path', 'ftp://billing.example.com'])(
    'is refused when it is no origin: %s',
    (publicUrl) => {
      expect(check({ publicUrl })).toThrow('is no origin')
    },
  )
})
