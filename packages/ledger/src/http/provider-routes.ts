import { Hono } from 'hono'
import { applyReport } from '../checkout/apply-report.ts'
import { readCheckout } from '../checkout/checkout-session.ts'
import type { Ledger } from '../core/ledger.ts'
import { notFound } from '../core/ledger-error.ts'
import type { LedgerVariables } from './ledger-variables.ts'
import { typed } from '../core/typed.ts'

/**
 * Where a payment provider with hosted pages redirects customers and sends its webhooks. Both may arrive in any order and
 * more than once; the first completes the checkout.
 */
export function providerRoutes(ledger: Ledger): Hono<LedgerVariables> {
  const routes = new Hono<LedgerVariables>()
  const { reports } = ledger.payments
  if (!reports) return routes
  routes.get('/checkout/:id/returned', async (context) => {
    const id = context.req.param('id')
    const session = await readCheckout(ledger.database, id)
    const report = await reports.readCheckout(await referenceOf(ledger, id))
    if (report) await applyReport(ledger, report)
    return context.redirect(
      report?.outcome === 'paid' ? session.successUrl : session.cancelUrl,
      303,
    )
  })
  routes.post('/webhooks/payments', async (context) => {
    const body = await context.req.text()
    const signature = context.req.header('stripe-signature') ?? ''
    const report = await reports.readMessage({ body, signature })
    if (report) await applyReport(ledger, report)
    return context.json({ received: true })
  })
  return routes
}

async function referenceOf(ledger: Ledger, id: string): Promise<string> {
  const row = await typed(ledger.database)
    .selectFrom('checkoutSession')
    .select('providerReference')
    .where('id', '=', id)
    .executeTakeFirst()
  if (!row || row.providerReference === null) throw notFound('checkout session', id)
  return row.providerReference
}
