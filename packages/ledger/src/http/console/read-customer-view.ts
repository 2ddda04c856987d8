import { readLedgerPage } from '../../credits/read-ledger-page.ts'
import { readBilling } from '../../customers/read-billing.ts'
import type { Ledger } from '../../core/ledger.ts'
import type { Billing } from '../../core/schemas/billing.ts'
import { notFound } from '../../core/ledger-error.ts'
import type { PaymentRow } from '../../core/payment-row.ts'
import { readPayments } from '../../payments/read-payments.ts'
import { typed } from '../../core/typed.ts'

const ENTRIES = 25
const PAYMENTS = 20

/** Everything the page of one customer shows. */
export type CustomerView = {
  billing: Billing
  entries: Awaited<ReturnType<typeof readLedgerPage>>
  payments: PaymentRow[]
}

/** Reads what the page of one customer shows. */
export async function readCustomerView(
  ledger: Ledger,
  options: { organizationId: string; customerId: string; cursor?: string | undefined },
): Promise<CustomerView> {
  const { organizationId, customerId, cursor } = options
  const externalId = await externalIdOf(ledger, { organizationId, customerId })
  const billing = await readBilling(ledger, { organizationId, externalId })
  const [entries, payments] = await Promise.all([
    readLedgerPage(ledger.database, { organizationId, customerId, cursor, limit: ENTRIES }),
    readPayments(ledger.database, { organizationId, customerId, limit: PAYMENTS }),
  ])
  return { billing, entries, payments }
}

/** Finds the external id of a customer who is not archived. */
export async function externalIdOf(
  ledger: Ledger,
  { organizationId, customerId }: { organizationId: string; customerId: string },
): Promise<string> {
  const row = await typed(ledger.database)
    .selectFrom('customer')
    .select('externalId')
    .where(({ and }) => and({ organizationId, id: customerId, archived: false }))
    .executeTakeFirst()
  if (!row) throw notFound('customer', customerId)
  return row.externalId
}
