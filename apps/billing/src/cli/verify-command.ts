import { z } from 'zod'
import { BooksBrokenError } from './books-broken-error.ts'
import { defineBillingCommand } from './define-billing-command.ts'

const answer = z.object({
  intact: z.boolean(),
  violations: z.array(z.object({ law: z.string(), broken: z.number() })),
})

/** `billing verify` */
export const verifyCommand = defineBillingCommand({
  name: 'verify',
  description: 'Check the laws of the books over all entries; fails when one is broken',
  args: {},
  async run(backend) {
    const { intact, violations } = await backend.get('/verification', answer)
    if (intact) return { data: { intact, violations }, text: 'Every law of the books holds.' }
    const broken = violations.map(({ law, broken: rows }) => `  ${law}: broken by ${rows} row(s)`)
    throw new BooksBrokenError(broken)
  },
})
