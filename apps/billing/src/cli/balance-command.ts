import { z } from 'zod'
import { CUSTOMER } from './arguments.ts'
import { defineBillingCommand } from './define-billing-command.ts'
import { instantText, textTable } from './text-table.ts'

const answer = z.object({
  usageMeterBalances: z.array(
    z.looseObject({
      slug: z.string(),
      availableBalance: z.number(),
      balanceLimit: z.number(),
      unlimited: z.boolean(),
      resetsAt: z.number().nullable(),
      breakdown: z.array(
        z.object({
          source: z.string(),
          name: z.string(),
          granted: z.number(),
          remaining: z.number(),
          expiresAt: z.number().nullable(),
        }),
      ),
    }),
  ),
})

/** `billing balance <customer>` */
export const balanceCommand = defineBillingCommand({
  name: 'balance',
  description: 'Show what is left of each meter, and where it came from',
  args: { customer: CUSTOMER },
  async run(backend, { customer }) {
    const path = `/customers/${encodeURIComponent(customer)}/usage-balances`
    const { usageMeterBalances: balances } = await backend.get(path, answer)
    return {
      data: balances,
      text: textTable(
        ['METER', 'LEFT', 'OF', 'FROM', 'UNTIL'],
        balances.flatMap((balance) => [
          [
            balance.unlimited ? `${balance.slug} (unlimited)` : balance.slug,
            balance.availableBalance,
            balance.balanceLimit,
            '',
            balance.resetsAt === null ? '-' : `renews ${instantText(balance.resetsAt)}`,
          ],
          ...balance.breakdown.map((line) => [
            '',
            line.remaining,
            line.granted,
            `${line.source}: ${line.name}`,
            line.expiresAt === null ? 'never expires' : instantText(line.expiresAt),
          ]),
        ]),
      ),
    }
  },
})
