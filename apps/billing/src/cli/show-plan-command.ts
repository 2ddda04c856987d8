import { billingSchema, instantText } from '@tollgate/ledger/operator'
import { CUSTOMER } from './arguments.ts'
import { defineBillingCommand } from './define-billing-command.ts'

const answer = billingSchema.pick({ currentSubscription: true })

/** `billing plan show <customer>` */
export const showPlanCommand = defineBillingCommand({
  name: 'show',
  description: 'Show a customer’s plan',
  args: { customer: CUSTOMER },
  async run(backend, { customer }) {
    const path = `/customers/${encodeURIComponent(customer)}/billing`
    const { currentSubscription: current } = await backend.get(path, answer)
    if (!current) return { data: null, text: 'No subscription in force.' }
    const { id, name, status, currentBillingPeriodEnd } = current
    return {
      data: { id, name, status, currentBillingPeriodEnd },
      text: `${name} (${status}), period until ${instantText(currentBillingPeriodEnd)}`,
    }
  },
})
