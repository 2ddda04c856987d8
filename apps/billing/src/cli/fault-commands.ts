import { z } from 'zod'
import { wholeNumber } from './arguments.ts'
import { defineBillingCommand, type Said } from './define-billing-command.ts'

const faults = z.object({
  failingPayments: z.number(),
  down: z.boolean(),
  latencyMs: z.number(),
  duplicateDeliveries: z.boolean(),
})
const answer = z.looseObject({ faults })

/** `billing fail-next-payment [count]` */
export const failNextPaymentCommand = defineBillingCommand({
  name: 'fail-next-payment',
  description: 'Have the next payment from a stored card declined (not in production)',
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
    return inWords((await backend.post('/dev/faults', { failingPayments }, answer)).faults)
  },
})

/** `billing faults` */
export const faultsCommand = defineBillingCommand({
  name: 'faults',
  description: 'Show what the backend is asked to get wrong, or change it (not in production)',
  args: {
    down: { type: 'boolean', description: 'Answer every call with 503; --no-down ends it' },
    slow: { type: 'string', description: 'Have every answer take so many milliseconds longer' },
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
    const asks = Object.values(change).every((value) => value === undefined)
    const state = asks
      ? await backend.get('/dev/state', answer)
      : await backend.post('/dev/faults', change, answer)
    return inWords(state.faults)
  },
})

function inWords(state: z.output<typeof faults>): Said {
  const on = [
    state.down && 'the backend is down',
    state.latencyMs > 0 && `every answer takes ${state.latencyMs} ms longer`,
    state.failingPayments > 0 && `the next ${state.failingPayments} payment(s) fail`,
    state.duplicateDeliveries && 'webhooks arrive twice',
  ].filter((text) => text !== false)
  return { data: state, text: on.length === 0 ? 'No faults are on.' : `On: ${on.join('; ')}.` }
}
