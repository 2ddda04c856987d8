import type { Ledger } from '../core/ledger.ts'
import type { CheckoutReport } from '../core/payment-provider.ts'
import { closeCheckout, completeCheckout } from './complete-checkout.ts'

/** Applies the provider's report about one of its pages: fulfils the checkout, or closes it. */
export async function applyReport(ledger: Ledger, report: CheckoutReport): Promise<void> {
  if (report.outcome === 'paid') await completeCheckout(ledger, report)
  else await closeCheckout(ledger, report.checkoutSessionId)
}
