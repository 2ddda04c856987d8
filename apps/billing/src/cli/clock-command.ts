import { devStateSchema, durationMs, instantText } from '@tollgate/ledger/operator'
import { defineCommand } from 'citty'
import { z } from 'zod'
import { defineBillingCommand } from './define-billing-command.ts'
import { UsageError } from './usage-error.ts'

const show = defineBillingCommand({
  name: 'show',
  description: 'Show ledger time',
  args: {},
  async run(backend) {
    const { now, aheadMs } = await backend.get('/dev/state', devStateSchema)
    const days = (aheadMs / 86_400_000).toFixed(1)
    return {
      data: { now, aheadMs },
      text: `${instantText(now)}, ${days} days ahead of the machine`,
    }
  },
})

const advance = defineBillingCommand({
  name: 'advance',
  description: 'Advance ledger time and process everything that falls due',
  args: {
    duration: {
      type: 'positional',
      required: true,
      description: 'How far: 30m, 2h, 1d, 2w or 1month',
    },
  },
  async run(backend, { duration }) {
    const { now } = await backend.get('/dev/state', devStateSchema)
    const milliseconds = durationMs(duration, now)
    if (milliseconds === null) {
      throw new UsageError(`DURATION is 30m, 2h, 1d, 2w or 1month, for example, not "${duration}".`)
    }
    const answer = z.object({ now: z.number() })
    const data = await backend.post('/dev/clock/advance', { milliseconds }, answer)
    return { data, text: `It is now ${instantText(data.now)}.` }
  },
})

/** `billing clock show|advance` */
export const clockCommand = defineCommand({
  meta: {
    name: 'clock',
    description: 'Show or advance ledger time (not in production)',
  },
  subCommands: { show, advance },
  default: 'show',
})
