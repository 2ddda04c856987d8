import { z } from 'zod'
import { BooksBrokenError } from './books-broken-error.ts'
import { defineBillingCommand } from './define-billing-command.ts'

const answer = z.object({
  intact: z.boolean(),
  violations: z.array(z.object({ invariant: z.string(), broken: z.number() })),
})

/** `billing verify` */
export const verifyCommand = defineBillingCommand({
  name: 'verify',
  description: 'Check every ledger invariant; fails if any is violated',
  args: {},
  async run(backend) {
    const { intact, violations } = await backend.get('/verification', answer)
    if (intact) return { data: { intact, violations }, text: 'All ledger checks passed.' }
    const broken = violations.map(({ invariant, broken: rows }) => `  ${invariant}: ${rows} row(s)`)
    throw new BooksBrokenError(broken)
  },
})
