import { z } from 'zod'
import { defineBillingCommand } from './define-billing-command.ts'
import { instantText, textTable } from './text-table.ts'
import { wholeNumber } from './arguments.ts'

const answer = z.looseObject({
  data: z.array(
    z.looseObject({
      externalId: z.string(),
      name: z.string(),
      email: z.string(),
      planName: z.string().nullable(),
      status: z.string().nullable(),
      createdAt: z.number(),
    }),
  ),
})

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
    limit: { type: 'string', default: '20', description: 'How many at most, up to 100' },
  },
  async run(backend, { text, limit }) {
    const query = new URLSearchParams({
      text: text ?? '',
      limit: String(wholeNumber(limit, { name: '--limit', min: 1 })),
    })
    const found = await backend.get(`/customer-search?${query.toString()}`, answer)
    return {
      data: found.data,
      text: textTable(
        ['EXTERNAL ID', 'NAME', 'ADDRESS', 'PLAN', 'STATUS', 'SINCE'],
        found.data.map((customer) => [
          customer.externalId,
          customer.name,
          customer.email,
          customer.planName ?? '-',
          customer.status ?? '-',
          instantText(customer.createdAt),
        ]),
      ),
    }
  },
})
