import { sql } from 'kysely'
import type { CustomerScope } from '../core/customer-scope.ts'
import type { Queryable } from '../core/queryable.ts'
import { typed } from '../core/typed.ts'

/** The fields of an invoice that we use ourselves; the answer has all of Flowglad's. */
type ShownInvoice = {
  id: string
  status: string
  invoiceNumber: string
  invoiceDate: number
  currency: string
  subtotal: number
}

/** Reads a customer's invoices with their lines, newest first, in the API's form. */
export async function readInvoices(from: Queryable, { organizationId, customerId }: CustomerScope) {
  const { rows } = await sql<{ invoice: ShownInvoice; invoiceLineItems: unknown[] }>`
    select jsonb_build_object(
             'id', inv.id, 'type', inv.type, 'status', inv.status, 'customerId', inv.customer_id,
             'invoiceNumber', inv.invoice_number, 'invoiceDate', inv.created_at, 'dueDate', inv.created_at,
             'currency', inv.currency, 'subtotal', inv.subtotal, 'taxAmount', null, 'taxRatePercentage', null,
             'taxState', null, 'taxCountry', null, 'taxType', null, 'applicationFee', null, 'memo', null,
             'bankPaymentOnly', false, 'billingRunId', null, 'billingPeriodId', inv.billing_period_id)
           || jsonb_build_object(
             'billingPeriodStartDate', inv.period_start, 'billingPeriodEndDate', inv.period_end,
             'subscriptionId', inv.subscription_id, 'purchaseId', inv.purchase_id, 'ownerMembershipId', null,
             'organizationId', inv.organization_id, 'pricingModelId', inv.pricing_model_id, 'pdfURL', null,
             'receiptPdfURL', null, 'livemode', false, 'createdAt', inv.created_at, 'updatedAt', inv.updated_at
           ) as invoice,
           (select coalesce(jsonb_agg(jsonb_build_object(
               'id', line.id, 'invoiceId', line.invoice_id, 'type', 'static', 'price', line.price,
               'priceId', line.price_id, 'quantity', line.quantity, 'description', line.description,
               'billingRunId', null, 'ledgerAccountId', null, 'ledgerAccountCredit', null,
               'pricingModelId', inv.pricing_model_id, 'livemode', false, 'createdAt', line.created_at,
               'updatedAt', line.created_at) order by line.id), '[]')
            from invoice_line line
            where line.organization_id = inv.organization_id and line.customer_id = inv.customer_id
              and line.invoice_id = inv.id) as invoice_line_items
    from invoice inv where inv.organization_id = ${organizationId} and inv.customer_id = ${customerId}
    order by inv.created_at desc, inv.id`.execute(typed(from, 'read-invoices'))
  return rows
}
