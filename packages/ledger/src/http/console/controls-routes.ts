import { Hono } from 'hono'
import { z } from 'zod'
import { advanceClock } from '../../dev/advance-clock.ts'
import { readFaults, setFaults } from '../../dev/faults.ts'
import type { Ledger } from '../../core/ledger.ts'
import { durationMs } from '../../operator/duration-ms.ts'
import { instantText } from '../../operator/instant-text.ts'
import type { LedgerVariables } from '../ledger-variables.ts'
import { controlsPage } from './controls-page.ts'
import { showPage } from './show-page.ts'
import { submit } from './submit.ts'

const PATH = '/console/controls'

const clockForm = z.object({ duration: z.string() })
const ticked = z.literal('yes').optional()
const faultsForm = z.object({
  failingPayments: z.coerce.number().int().min(0).max(1_000).optional(),
  latencyMs: z.coerce.number().int().min(0).max(60_000).optional(),
  // Browsers do not send an unticked box, so this field marks that the form contains them.
  switches: ticked,
  down: ticked,
  duplicateDeliveries: ticked,
})

/** The routes of the clock and the faults. */
export function controlsRoutes(ledger: Ledger): Hono<LedgerVariables> {
  const routes = new Hono<LedgerVariables>()
  routes.get('/', async (context) =>
    showPage(ledger, context, {
      title: 'Clock and faults',
      section: PATH,
      main: controlsPage({
        now: ledger.clock.now(),
        aheadMs: ledger.clock.offset(),
        faults: await readFaults(ledger, context.get('organizationId')),
      }),
    }),
  )
  routes.post('/clock', (context) =>
    submit(context, {
      form: clockForm,
      backTo: PATH,
      run: async ({ duration }) => {
        const milliseconds = durationMs(duration, ledger.clock.now())
        const now = await advanceClock(ledger, milliseconds ?? 0)
        return { message: `It is now ${instantText(now)}.` }
      },
    }),
  )
  routes.post('/faults', (context) =>
    submit(context, {
      form: faultsForm,
      backTo: PATH,
      run: async ({ failingPayments, latencyMs, ...boxes }) => {
        const switches = boxes.switches && {
          down: boxes.down === 'yes',
          duplicateDeliveries: boxes.duplicateDeliveries === 'yes',
        }
        await setFaults(ledger, {
          organizationId: context.get('organizationId'),
          change: { failingPayments, latencyMs, ...switches },
        })
        return { message: 'Faults updated.' }
      },
    }),
  )
  return routes
}
