import { sql } from 'kysely'
import type { LedgerTransaction } from '../core/ledger-transaction.ts'
import type { SubscriptionRow } from '../core/subscription-row.ts'
import { typed } from '../core/typed.ts'

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
  await sql`
    with numbered as (
      update customer set invoices_made = invoices_made + 1
      where organization_id = ${tx.organizationId} and id = ${tx.customerId}
      returning invoice_number_base || '-' || lpad(invoices_made::text, 5, '0') as number
    )
    insert into invoice
      (organization_id, customer_id, id, invoice_number, type, status, currency, subtotal, pricing_model_id,
       subscription_id, purchase_id, billing_period_id, period_start, period_end, created_at, updated_at)
    select ${tx.organizationId}, ${tx.customerId}, ${id}, number, ${invoice.type}, ${invoice.paid ? 'paid' : 'open'},
           ${invoice.currency}, ${subtotal}, ${tx.pricingModelId}, ${subscription?.id ?? null},
           ${invoice.purchaseId ?? null}, ${subscription?.periodId ?? null}, ${subscription?.periodStart ?? null},
           ${subscription?.periodEnd ?? null}, ${tx.now}, ${tx.now}
    from numbered`.execute(typed(tx))
  await writeLines(tx, id, invoice.lines)
  return id
}

async function writeLines(tx: LedgerTransaction, invoiceId: string, lines: NewInvoice['lines']) {
  await sql`
    insert into invoice_line
      (organization_id, customer_id, invoice_id, id, price_id, description, price, quantity, created_at)
    select ${tx.organizationId}, ${tx.customerId}, ${invoiceId}, line.id, line.price_id, line.description,
           line.price, line.quantity, ${tx.now}
    from unnest(${lines.map(() => tx.ledger.newId('inv_li'))}::text[], ${lines.map((line) => line.priceId)}::text[],
                ${lines.map((line) => line.description)}::text[], ${lines.map((line) => line.price)}::bigint[],
                ${lines.map((line) => line.quantity)}::int[])
      as line(id, price_id, description, price, quantity)`.execute(typed(tx))
}
