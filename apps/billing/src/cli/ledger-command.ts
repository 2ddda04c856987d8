import { z } from 'zod'
import { CUSTOMER, wholeNumber } from './arguments.ts'
import { defineBillingCommand } from './define-billing-command.ts'
import { instantText, textTable } from './text-table.ts'

const answer = z.looseObject({
  data: z.array(
    z.looseObject({
      kind: z.string(),
      debitAccount: z.string(),
      creditAccount: z.string(),
      amount: z.number(),
      usageMeterSlug: z.string(),
      grantName: z.string().nullable(),
      transactionId: z.string().nullable(),
      operationId: z.string().nullable(),
      note: z.string().nullable(),
      occurredAt: z.number(),
    }),
  ),
})

/** `billing ledger <customer>` */
export const ledgerCommand = defineBillingCommand({
  name: 'ledger',
  description: 'List a customer’s ledger entries, newest first',
  args: {
    customer: CUSTOMER,
    limit: { type: 'string', default: '20', description: 'How many at most, up to 100' },
  },
  async run(backend, { customer, limit }) {
    const count = wholeNumber(limit, { name: '--limit', min: 1 })
    const path = `/customers/${encodeURIComponent(customer)}/ledger-entries?limit=${count}`
    const { data } = await backend.get(path, answer)
    return {
      data,
      text: textTable(
        ['WHEN', 'WHAT', 'CREDITS', 'METER', 'OPERATION OR REASON'],
        data.map((entry) => [
          instantText(entry.occurredAt),
          entry.kind,
          signed(entry),
          entry.usageMeterSlug,
          entry.operationId ?? entry.transactionId ?? entry.note ?? entry.grantName ?? '',
        ]),
      ),
    }
  },
})

/** A settlement moves credits from a new grant to a debt: the balance stays. */
function signed(entry: { amount: number; debitAccount: string; creditAccount: string }): number {
  if (entry.debitAccount === entry.creditAccount) return 0
  return entry.creditAccount === 'credits' ? entry.amount : -entry.amount
}
