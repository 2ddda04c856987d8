import { processDue } from '../due/process-due.ts'
import { lockCustomers } from '../core/ledger-transaction.ts'
import type { Ledger } from '../core/ledger.ts'
import { chargeEvents } from './charge-events.ts'
import { chargeSuccessors, PayerNotLockedError } from './charge-successor.ts'
import { type InsertedEvent, insertEvents } from './insert-events.ts'
import { type ResolvedReport, resolveReports } from './resolve-reports.ts'
import type { UsageEvent } from './usage-event.ts'
import type { UsageReport } from '../core/schemas/usage.ts'

/** Limits the retries of a batch whose period ends while it waits for the locks. */
const ATTEMPTS_MAX = 20

/**
 * Records usage, all or nothing, in one transaction: events, entries and balances together. Returns the new events; one with a known
 * transactionId changes nothing.
 */
export async function recordUsage(
  ledger: Ledger,
  { organizationId, reports }: { organizationId: string; reports: readonly UsageReport[] },
): Promise<UsageEvent[]> {
  if (reports.length === 0) return []
  for (let attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
    const { resolved, dueCustomers } = await resolveReports(ledger.database, {
      organizationId,
      reports,
    })
    const now = ledger.clock.now()
    for (const [customerId, dueAt] of dueCustomers) {
      if (dueAt <= now) await processDue(ledger, { organizationId, customerId })
    }
    try {
      const recorded = await tryRecording(ledger, { organizationId, resolved })
      if (recorded) return recorded
    } catch (error) {
      if (!(error instanceof PayerNotLockedError)) throw error
    }
  }
  throw new Error('Usage could not be recorded: its customers kept falling due while it waited.')
}

/** Null when something fell due before the locks were held: due work is processed first. */
async function tryRecording(
  ledger: Ledger,
  { organizationId, resolved }: { organizationId: string; resolved: ResolvedReport[] },
): Promise<UsageEvent[] | null> {
  return ledger.database.transaction(async (transaction) => {
    const customerIds = [
      ...new Set(resolved.flatMap(({ customerId, payerIds }) => [customerId, ...payerIds])),
    ]
    const locked = await lockCustomers(transaction, { organizationId, customerIds })
    // Read once the locks are held: every event belongs to exactly the period that is open now.
    const now = ledger.clock.now()
    if (locked.some(({ dueAt }) => dueAt !== null && dueAt <= now)) return null
    const inserted = await insertEvents(transaction, { ledger, organizationId, resolved, now })
    await chargeEvents(transaction, { ledger, organizationId, events: inserted, now })
    await chargeSuccessors(transaction, {
      organizationId,
      events: inserted,
      locked: new Set(locked.map(({ customerId }) => customerId)),
      now,
    })
    return inserted.map(withoutState)
  })
}

/** A new event as the API shows it. */
function withoutState(event: InsertedEvent): UsageEvent {
  const { counted: _c, usedAt: _a, late: _l, status: _s, periodStart: _p, ...rest } = event
  const { periodEnd: _e, unlimitedBy: _b, unlimitedUntil: _u, expiredUntil: _x, ...shown } = rest
  return shown
}
