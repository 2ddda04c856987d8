import { setTimeout as delay } from 'node:timers/promises'
import type { Database } from '@tollgate/database'
import { hasTable } from '../compare/check-ledger.ts'

const MS_MAX = 120_000
const POLL_MS = 25

/** Waits until the relay has delivered every usage event, in either table layout. */
export async function waitUntilDelivered(database: Database): Promise<void> {
  const pending = (await hasTable(database, 'metering.outbox'))
    ? 'select 1 from metering.outbox'
    : `select 1 from metering.usage_event where state <> 'delivered'`
  const until = performance.now() + MS_MAX
  for (;;) {
    const [row] = await database.query<{ waiting: boolean }>({
      text: `select exists (${pending}) as waiting`,
    })
    if (!row?.waiting) return
    if (performance.now() > until) throw new Error('Usage events were not delivered in time.')
    await delay(POLL_MS)
  }
}
