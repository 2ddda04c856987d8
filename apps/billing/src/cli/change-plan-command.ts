import { planChangeSchema, planChangeText } from '@tollgate/ledger/operator'
import { z } from 'zod'
import { CUSTOMER } from './arguments.ts'
import { defineBillingCommand } from './define-billing-command.ts'

const TIMINGS = {
  auto: 'auto',
  now: 'immediately',
  end: 'at_end_of_current_billing_period',
} as const
const timing = z.enum(['auto', 'now', 'end']).transform((when) => TIMINGS[when])

/** `billing plan change <customer> <price>` */
export const changePlanCommand = defineBillingCommand({
  name: 'change',
  description: 'Move a customer to another plan',
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
      description: 'auto: upgrades now, downgrades at period end',
    },
  },
  async run(backend, { customer, price, when }) {
    const plan = { priceSlug: price, timing: timing.parse(when) }
    const path = `/customers/${encodeURIComponent(customer)}/plan`
    const data = await backend.post(path, { plan }, planChangeSchema)
    return { data, text: planChangeText(data) }
  },
})
