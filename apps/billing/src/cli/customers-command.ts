import { foundCustomerSchema, instantText } from '@tollgate/ledger/operator'
import { z } from 'zod'
import { LIMIT, wholeNumber } from './arguments.ts'
import { defineBillingCommand } from './define-billing-command.ts'
import { textTable } from './text-table.ts'

const answer = z.object({ data: z.array(foundCustomerSchema) })

/** `billing customers [text]` */
export const customersCommand = defineBillingCommand({
  name: 'customers',
  description: 'List customers, newest first, or find some',
  args: {
    text: {
      type: 'positional',
      required: false,
      description: 'Part of a name, address or external id',
    },
    limit: LIMIT,
  },
  async run(backend, { text, limit }) {
    const query = new URLSearchParams({
      text: text ?? '',
      limit: String(wholeNumber(limit, { name: '--limit', min: 1 })),
    })
    const { data } = await backend.get(`/customer-search?${query.toString()}`, answer)
    return {
      data,
      text: textTable(data, {
        'EXTERNAL ID': ({ externalId }) => externalId,
        NAME: ({ name }) => name,
        ADDRESS: ({ email }) => email,
        PLAN: ({ planName }) => planName ?? '-',
        STATUS: ({ status }) => status ?? '-',
        SINCE: ({ createdAt }) => instantText(createdAt),
      }),
    }
  },
})
