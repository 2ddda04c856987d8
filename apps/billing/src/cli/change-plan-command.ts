import { z } from 'zod'
import { CUSTOMER } from './arguments.ts'
import { defineBillingCommand } from './define-billing-command.ts'
import { instantText } from './text-table.ts'

const TIMINGS = {
  auto: 'auto',
  now: 'immediately',
  end: 'at_end_of_current_billing_period',
} as const
const timing = z.enum(['auto', 'now', 'end']).transform((when) => TIMINGS[when])

const changed = z.object({
  outcome: z.enum(['changed', 'scheduled', 'payment_failed', 'checkout']),
  effectiveAt: z.number().nullable(),
  url: z.string().nullable(),
})

/** `billing plan change <customer> <price>` */
export const changePlanCommand = defineBillingCommand({
  name: 'change',
  description: 'Put a customer on another plan',
  args: {
    customer: CUSTOMER,
    price: {
      type: 'positional',
      required: true,
      description: 'The slug of the new plan’s price',
    },
    when: {
      type: 'enum',
      options: ['auto', 'now', 'end'],
      default: 'auto',
      description: 'auto: upgrades now, downgrades at the end of the period',
    },
  },
  async run(backend, { customer, price, when }) {
    const plan = { priceSlug: price, timing: timing.parse(when) }
    const path = `/customers/${encodeURIComponent(customer)}/plan`
    const result = await backend.post(path, { plan }, changed)
    return { data: result, text: inWords(result) }
  },
})

function inWords({ outcome, effectiveAt, url }: z.output<typeof changed>): string {
  switch (outcome) {
    case 'changed':
      return 'The plan has changed.'
    case 'scheduled':
      return `The plan changes at ${instantText(effectiveAt ?? 0)}.`
    case 'payment_failed':
      return 'The payment failed; the customer keeps their plan.'
    case 'checkout':
      return `Nothing is on file to pay with. The customer pays here: ${url}`
  }
}
