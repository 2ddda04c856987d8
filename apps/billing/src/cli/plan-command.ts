import { z } from 'zod'
import { CUSTOMER } from './arguments.ts'
import type { Backend } from './backend.ts'
import { defineBillingCommand, type Said } from './define-billing-command.ts'
import { instantText } from './text-table.ts'

const TIMINGS = {
  auto: 'auto',
  now: 'immediately',
  end: 'at_end_of_current_billing_period',
} as const
const timing = z.enum(['auto', 'now', 'end']).transform((when) => TIMINGS[when])

const billing = z.looseObject({
  currentSubscription: z
    .looseObject({
      id: z.string(),
      name: z.string(),
      status: z.string(),
      currentBillingPeriodEnd: z.number(),
    })
    .optional(),
})

const changed = z.object({
  outcome: z.enum(['changed', 'scheduled', 'payment_failed', 'checkout']),
  effectiveAt: z.number().nullable(),
  url: z.string().nullable(),
})

/** `billing plan <customer> [price]` */
export const planCommand = defineBillingCommand({
  name: 'plan',
  description: 'Show a customer’s plan, or put them on another one',
  args: {
    customer: CUSTOMER,
    price: {
      type: 'positional',
      required: false,
      description: 'The slug of the new plan’s price; without it the plan is shown',
    },
    when: {
      type: 'enum',
      options: ['auto', 'now', 'end'],
      default: 'auto',
      description: 'auto: dearer now, cheaper at the end of the period',
    },
  },
  async run(backend, { customer, price, when }) {
    const path = `/customers/${encodeURIComponent(customer)}`
    if (price === undefined) return show(backend, path)
    const plan = { priceSlug: price, timing: timing.parse(when) }
    const result = await backend.post(`${path}/plan`, { plan }, changed)
    return { data: result, text: inWords(result) }
  },
})

async function show(backend: Backend, path: string): Promise<Said> {
  const { currentSubscription: current } = await backend.get(`${path}/billing`, billing)
  if (!current) return { data: null, text: 'No subscription in force.' }
  const { id, name, status, currentBillingPeriodEnd } = current
  return {
    data: { id, name, status, currentBillingPeriodEnd },
    text: `${name} (${status}), period until ${instantText(currentBillingPeriodEnd)}`,
  }
}

function inWords({ outcome, effectiveAt, url }: z.output<typeof changed>): string {
  switch (outcome) {
    case 'changed':
      return 'The plan is changed.'
    case 'scheduled':
      return `The plan changes at ${instantText(effectiveAt ?? 0)}.`
    case 'payment_failed':
      return 'The payment failed; the customer keeps their plan.'
    case 'checkout':
      return `Nothing is on file to pay with. The customer pays here: ${url}`
  }
}
