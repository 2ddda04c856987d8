import { devStateSchema, type Faults, faultsSchema, faultsText } from '@tollgate/ledger/operator'
import { z } from 'zod'
import { wholeNumber } from './arguments.ts'
import { type CommandResult, defineBillingCommand } from './define-billing-command.ts'

const answer = z.object({ faults: faultsSchema })

/** `billing fail-next-payment [count]` */
export const failNextPaymentCommand = defineBillingCommand({
  name: 'fail-next-payment',
  description: 'Decline the next payments from a stored card (not in production)',
  args: {
    count: {
      type: 'positional',
      required: false,
      default: '1',
      description: 'How many of the next payments',
    },
  },
  async run(backend, { count }) {
    const failingPayments = wholeNumber(count, { name: 'COUNT', min: 0 })
    return resultOf((await backend.post('/dev/faults', { failingPayments }, answer)).faults)
  },
})

/** `billing faults` */
export const faultsCommand = defineBillingCommand({
  name: 'faults',
  description: 'Show or change the injected faults (not in production)',
  args: {
    down: { type: 'boolean', description: 'Answer every call with 503; --no-down ends it' },
    slow: { type: 'string', description: 'Delay every response by this many milliseconds' },
    duplicates: { type: 'boolean', description: 'Deliver webhooks twice; --no-duplicates ends it' },
    clear: { type: 'boolean', description: 'End all faults' },
  },
  async run(backend, { down, slow, duplicates, clear }) {
    const change = clear
      ? { down: false, latencyMs: 0, duplicateDeliveries: false, failingPayments: 0 }
      : {
          down,
          duplicateDeliveries: duplicates,
          latencyMs: slow === undefined ? undefined : wholeNumber(slow, { name: '--slow', min: 0 }),
        }
    const isEmpty = Object.values(change).every((value) => value === undefined)
    const { faults } = isEmpty
      ? await backend.get('/dev/state', devStateSchema)
      : await backend.post('/dev/faults', change, answer)
    return resultOf(faults)
  },
})

function resultOf(faults: Faults): CommandResult {
  const text = faultsText(faults)
  return { data: faults, text: text === null ? 'No faults are on.' : `On: ${text}.` }
}
