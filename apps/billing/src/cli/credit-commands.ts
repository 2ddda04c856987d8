import { z } from 'zod'
import { CUSTOMER, wholeNumber } from './arguments.ts'
import type { Backend } from './backend.ts'
import { defineBillingCommand } from './define-billing-command.ts'

const DAY_MS = 86_400_000

const shared = {
  customer: CUSTOMER,
  meter: { type: 'positional', required: true, description: 'The slug of a usage meter' },
  amount: { type: 'positional', required: true, description: 'How many credits, a whole number' },
} as const

/** `billing grant <customer> <meter> <amount>` */
export const grantCommand = defineBillingCommand({
  name: 'grant',
  description: 'Grant credits as a new ledger entry',
  args: {
    ...shared,
    name: {
      type: 'string',
      default: 'Manual grant',
      description: 'The name that the customer sees',
    },
    days: { type: 'string', description: 'After how many days they expire; never when left out' },
    reason: { type: 'string', description: 'The same reason grants once, for scripts that repeat' },
  },
  async run(backend, { customer, meter, amount, name, days, reason }) {
    const count = wholeNumber(amount, { name: 'AMOUNT', min: 1 })
    const grant = {
      usageMeterSlug: meter,
      amount: count,
      name,
      reason,
      expiresAt: days === undefined ? null : await inDays(backend, days),
    }
    const path = `/customers/${encodeURIComponent(customer)}/grants`
    const data = await backend.post(path, { grant }, z.object({ granted: z.boolean() }))
    return { data, text: `Granted ${count.toLocaleString('en-US')} ${meter} to ${customer}.` }
  },
})

/** `billing revoke <customer> <meter> <amount>` */
export const revokeCommand = defineBillingCommand({
  name: 'revoke',
  description: 'Revoke credits as a new ledger entry, never more than are left',
  args: {
    ...shared,
    name: { type: 'string', default: 'Manual revocation', description: 'Name of the ledger entry' },
  },
  async run(backend, { customer, meter, amount, name }) {
    const count = wholeNumber(amount, { name: 'AMOUNT', min: 1 })
    const revocation = { usageMeterSlug: meter, amount: count, name }
    const path = `/customers/${encodeURIComponent(customer)}/revocations`
    const data = await backend.post(path, { revocation }, z.object({ revoked: z.boolean() }))
    return { data, text: `Revoked ${count.toLocaleString('en-US')} ${meter} from ${customer}.` }
  },
})

/** Relative to ledger time, which may be ahead of the machine's outside production. */
async function inDays(backend: Backend, days: string): Promise<number> {
  const count = wholeNumber(days, { name: '--days', min: 1 })
  const { now } = await backend.get('/time', z.object({ now: z.number() }))
  return now + count * DAY_MS
}
