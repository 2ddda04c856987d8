import { balanceSchema, instantText } from '@tollgate/ledger/operator'
import { z } from 'zod'
import { CUSTOMER } from './arguments.ts'
import { defineBillingCommand } from './define-billing-command.ts'
import { textTable } from './text-table.ts'

const answer = z.object({ usageMeterBalances: z.array(balanceSchema) })

/** `billing balance <customer>` */
export const balanceCommand = defineBillingCommand({
  name: 'balance',
  description: 'Show what is left of each meter, and where it came from',
  args: { customer: CUSTOMER },
  async run(backend, { customer }) {
    const path = `/customers/${encodeURIComponent(customer)}/usage-balances`
    const { usageMeterBalances: balances } = await backend.get(path, answer)
    const lines = balances.flatMap(({ breakdown, ...balance }) => [
      {
        meter: balance.unlimited ? `${balance.slug} (unlimited)` : balance.slug,
        left: balance.availableBalance,
        of: balance.balanceLimit,
        from: '',
        until: balance.resetsAt === null ? '-' : `renews ${instantText(balance.resetsAt)}`,
      },
      ...breakdown.map(({ source, name, granted, remaining, expiresAt }) => ({
        meter: '',
        left: remaining,
        of: granted,
        from: `${source}: ${name}`,
        until: expiresAt === null ? 'never expires' : instantText(expiresAt),
      })),
    ])
    return {
      data: balances,
      text: textTable(lines, {
        METER: ({ meter }) => meter,
        LEFT: ({ left }) => left,
        OF: ({ of }) => of,
        FROM: ({ from }) => from,
        UNTIL: ({ until }) => until,
      }),
    }
  },
})
