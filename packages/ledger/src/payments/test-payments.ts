import type { Database } from '@tollgate/database'
import { LedgerError } from '../core/ledger-error.ts'
import type { PaymentProvider } from '../core/payment-provider.ts'
import { typed } from '../core/typed.ts'

/**
 * Payments without money, for development: the outcome is chosen on the checkout page, and stored methods always succeed unless failing
 * payments are injected. Refused in production.
 */
export function createTestPayments(options: {
  database: Database
  checkoutBaseUrl: string
  production: boolean
}): PaymentProvider {
  const { database, checkoutBaseUrl, production } = options
  return {
    name: 'test',
    openCheckout: async ({ checkoutSessionId, setupOnly, language }) => {
      if (production) {
        throw new LedgerError(
          'PAYMENT_UNAVAILABLE',
          'Test payments are off in production. Set STRIPE_SECRET_KEY to take real ones.',
        )
      }
      const path = setupOnly ? 'add-payment-method' : 'checkout'
      const url = new URL(`${checkoutBaseUrl}/${path}/${checkoutSessionId}`)
      if (language !== undefined) url.searchParams.set('lang', language)
      return { url: url.href, reference: null }
    },
    charge: async ({ organizationId, attemptId, methodReference }) => {
      if (methodReference === null) {
        return { outcome: 'failed', reason: 'There is no payment method on file.' }
      }
      const failing = await typed(database)
        .updateTable('devFault')
        .set((fault) => ({ failingPayments: fault('failingPayments', '-', 1) }))
        .where('organizationId', '=', organizationId)
        .where('failingPayments', '>', 0)
        .returning('organizationId')
        .executeTakeFirst()
      return failing
        ? { outcome: 'failed', reason: 'The test card was declined.' }
        : { outcome: 'succeeded', reference: `test_${attemptId}` }
    },
    refund: async () => {},
  }
}
