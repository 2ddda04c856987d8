import { dayOfUsageSchema } from '@tollgate/ledger/operator'
import { z } from 'zod'
import { wholeNumber } from './arguments.ts'
import { defineBillingCommand } from './define-billing-command.ts'
import { textTable } from './text-table.ts'

const answer = z.object({ data: z.array(dayOfUsageSchema) })

/** `billing usage` */
export const usageCommand = defineBillingCommand({
  name: 'usage',
  description: 'Show what was used per day (UTC) and meter',
  args: {
    days: { type: 'string', default: '30', description: 'How many days back, up to 366' },
    customer: { type: 'string', description: 'Of this customer alone (external id)' },
  },
  async run(backend, { days, customer }) {
    const query = new URLSearchParams({
      days: String(wholeNumber(days, { name: '--days', min: 1 })),
      ...(customer === undefined ? {} : { customerExternalId: customer }),
    })
    const { data } = await backend.get(`/usage-per-day?${query.toString()}`, answer)
    return {
      data,
      text: textTable(data, {
        DAY: ({ day }) => day,
        METER: ({ usageMeterSlug }) => usageMeterSlug,
        CHARGED: ({ amount }) => amount,
        EVENTS: ({ events }) => events,
      }),
    }
  },
})
