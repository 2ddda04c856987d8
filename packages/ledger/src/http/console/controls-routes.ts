import { Hono } from 'hono'
import { z } from 'zod'
import { advanceClock } from '../../dev/advance-clock.ts'
import { readFaults, setFaults } from '../../dev/faults.ts'
import type { Ledger } from '../../core/ledger.ts'
import { billingPeriod } from '../../core/billing-period.ts'
import type { LedgerVariables } from '../ledger-variables.ts'
import { controlsPage } from './controls-page.ts'
import { instantText } from './page-parts.ts'
import { showPage } from './show-page.ts'
import { submit } from './submit.ts'

const PATH = '/console/controls'
const HOUR_MS = 3_600_000

const clockForm = z.object({ step: z.enum(['hour', 'day', 'week', 'month']) })
const ticked = z.literal('yes').optional()
const faultsForm = z.object({
  failingPayments: z.coerce.number().int().min(0).max(1_000).optional(),
  latencyMs: z.coerce.number().int().min(0).max(60_000).optional(),
  // A box that is not ticked is not sent, so the form that has the boxes says so.
  switches: ticked,
  down: ticked,
  duplicateDeliveries: ticked,
})

/** The page of the clock and the faults. */
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
      run: async ({ step }) => {
        const now = await advanceClock(ledger, lengthOf(step, ledger.clock.now()))
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
        return { message: 'Set.' }
      },
    }),
  )
  return routes
}

function lengthOf(step: z.output<typeof clockForm>['step'], now: number): number {
  switch (step) {
    case 'hour':
      return HOUR_MS
    case 'day':
      return 24 * HOUR_MS
    case 'week':
      return 7 * 24 * HOUR_MS
    case 'month':
      return billingPeriod({ anchorAt: now, unit: 'month', count: 1 }, 0).endsAt - now
  }
}
