import { balanceChange, instantText, ledgerEntrySchema } from '@tollgate/ledger/operator'
import { z } from 'zod'
import { CUSTOMER, LIMIT, wholeNumber } from './arguments.ts'
import { defineBillingCommand } from './define-billing-command.ts'
import { textTable } from './text-table.ts'

const answer = z.object({ data: z.array(ledgerEntrySchema) })

/** `billing ledger <customer>` */
export const ledgerCommand = defineBillingCommand({
  name: 'ledger',
  description: 'List a customer’s ledger entries, newest first',
  args: { customer: CUSTOMER, limit: LIMIT },
  async run(backend, { customer, limit }) {
    const count = wholeNumber(limit, { name: '--limit', min: 1 })
    const path = `/customers/${encodeURIComponent(customer)}/ledger-entries?limit=${count}`
    const { data } = await backend.get(path, answer)
    return {
      data,
      text: textTable(data, {
        WHEN: ({ occurredAt }) => instantText(occurredAt),
        WHAT: ({ kind }) => kind,
        CREDITS: balanceChange,
        METER: ({ usageMeterSlug }) => usageMeterSlug,
        'OPERATION OR REASON': ({ operationId, transactionId, note, grantName }) =>
          operationId ?? transactionId ?? note ?? grantName ?? '',
      }),
    }
  },
})
