import { defineCommand } from 'citty'
import { z } from 'zod'
import { defineBillingCommand } from './define-billing-command.ts'
import { lengthOf } from './length-of.ts'
import { instantText } from './text-table.ts'

const state = z.looseObject({ now: z.number(), aheadMs: z.number() })

const show = defineBillingCommand({
  name: 'show',
  description: 'Show ledger time',
  args: {},
  async run(backend) {
    const { now, aheadMs } = await backend.get('/dev/state', state)
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
    length: {
      type: 'positional',
      required: true,
      description: 'How far: 30m, 2h, 1d, 2w or 1month',
    },
  },
  async run(backend, { length }) {
    const { now } = await backend.get('/dev/state', state)
    const milliseconds = lengthOf(length, now)
    const data = await backend.post(
      '/dev/clock/advance',
      { milliseconds },
      z.object({ now: z.number() }),
    )
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
