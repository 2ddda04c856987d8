import { z } from 'zod'
import { advanceClock } from '../../dev/advance-clock.ts'
import { readFaults, setFaults } from '../../dev/faults.ts'
import type { Ledger } from '../../core/ledger.ts'
import { LedgerError } from '../../core/ledger-error.ts'
import { devStateSchema, faultsSchema } from '../../core/schemas/dev.ts'
import { endpoint } from '../endpoint.ts'

/** Dev controls: the clock and fault injection. Refused in production. */
export const DEV_ENDPOINTS = [
  endpoint('GET /dev/state', {
    summary: 'Read ledger time and the injected faults',
    answer: devStateSchema,
    handle: async ({ ledger, scope }) => {
      refuseInProduction(ledger)
      return {
        now: ledger.clock.now(),
        aheadMs: ledger.clock.offset(),
        faults: await readFaults(ledger, scope.organizationId),
      }
    },
  }),
  endpoint('POST /dev/clock/advance', {
    summary: 'Advance ledger time and process everything that falls due',
    body: z.object({ milliseconds: z.int().min(1) }),
    answer: z.object({ now: z.int() }),
    handle: async ({ ledger, body }) => {
      refuseInProduction(ledger)
      return { now: await advanceClock(ledger, body.milliseconds) }
    },
  }),
  endpoint('POST /dev/faults', {
    summary: 'Inject faults: failing payments, latency, downtime, duplicate webhooks',
    body: faultsSchema.partial(),
    answer: z.object({ faults: faultsSchema }),
    handle: async ({ ledger, scope, body }) => {
      refuseInProduction(ledger)
      return { faults: await setFaults(ledger, { ...scope, change: body }) }
    },
  }),
]

function refuseInProduction(ledger: Ledger): void {
  if (!ledger.production) return
  throw new LedgerError(
    'FORBIDDEN',
    'Dev controls are off: the backend runs with NODE_ENV=production.',
  )
}
