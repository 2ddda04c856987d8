import type { LedgerTransaction } from '../core/ledger-transaction.ts'
import type { SubscriptionRow } from '../core/subscription-row.ts'

/** An invoice to write, with its lines. */
export type NewInvoice = {
  type: 'subscription' | 'purchase'
  paid: boolean
  currency: string
  subscription?: SubscriptionRow
  purchaseId?: string
  lines: { priceId: string; description: string; price: number; quantity: number }[]
}

/** Writes an invoice; its number is the customer's next. */
export async function writeInvoice(tx: LedgerTransaction, invoice: NewInvoice): Promise<string> {
  const id = tx.ledger.newId('inv')
  const { subscription } = invoice
  const subtotal = invoice.lines.reduce((sum, line) => sum + line.price * line.quantity, 0)
  await tx.query({
    text: `with numbered as (
             update customer set invoices_made = invoices_made + 1
             where organization_id = $1 and id = $2
             returning invoice_number_base || '-' || lpad(invoices_made::text, 5, '0') as number
           )
           insert into invoice
             (organization_id, customer_id, id, invoice_number, type, status, currency, subtotal, pricing_model_id,
              subscription_id, purchase_id, billing_period_id, period_start, period_end, created_at, updated_at)
           select $1, $2, $3, number, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $14 from numbered`,
    values: [
      tx.organizationId,
      tx.customerId,
      id,
      invoice.type,
      invoice.paid ? 'paid' : 'open',
      invoice.currency,
      subtotal,
      tx.pricingModelId,
      subscription?.id ?? null,
      invoice.purchaseId ?? null,
      subscription?.periodId ?? null,
      subscription?.periodStart ?? null,
      subscription?.periodEnd ?? null,
      tx.now,
    ],
  })
  await writeLines(tx, id, invoice.lines)
  return id
}

async function writeLines(tx: LedgerTransaction, invoiceId: string, lines: NewInvoice['lines']) {
  await tx.query({
    text: `insert into invoice_line
             (organization_id, customer_id, invoice_id, id, price_id, description, price, quantity, created_at)
           select $1, $2, $3, line.id, line.price_id, line.description, line.price, line.quantity, $9
           from unnest($4::text[], $5::text[], $6::text[], $7::bigint[], $8::int[])
             as line(id, price_id, description, price, quantity)`,
    values: [
      tx.organizationId,
      tx.customerId,
      invoiceId,
      lines.map(() => tx.ledger.newId('inv_li')),
      lines.map((line) => line.priceId),
      lines.map((line) => line.description),
      lines.map((line) => line.price),
      lines.map((line) => line.quantity),
      tx.now,
    ],
  })
}
