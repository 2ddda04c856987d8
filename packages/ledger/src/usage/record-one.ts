import type { Ledger } from '../core/ledger.ts'
import { LedgerError, notFound } from '../core/ledger-error.ts'
import type { UsageReport } from '../core/schemas/usage.ts'
import { typed } from '../core/typed.ts'
import { recordUsage } from './record-usage.ts'
import { resolveReports } from './resolve-reports.ts'
import { selectUsageEvents, type UsageEvent } from './usage-event.ts'

/** Records one usage event, or returns the original if its transactionId is known. */
export async function recordOne(
  ledger: Ledger,
  { organizationId, report }: { organizationId: string; report: UsageReport },
): Promise<UsageEvent> {
  const [recorded] = await recordUsage(ledger, { organizationId, reports: [report] })
  if (recorded) return recorded
  const original = await findOriginal(ledger, { organizationId, report })
  if (original.subscriptionId !== report.subscriptionId) {
    throw new LedgerError(
      'CONFLICT',
      `The transactionId "${report.transactionId}" was used on another subscription of this customer.`,
    )
  }
  return original
}

/** Reads a usage event by its id. */
export async function readUsageEvent(
  ledger: Ledger,
  { organizationId, usageEventId }: { organizationId: string; usageEventId: string },
): Promise<UsageEvent> {
  const event = await selectUsageEvents(typed(ledger.database, 'read-usage-event'))
    .where('usageEvent.organizationId', '=', organizationId)
    .where('usageEvent.id', '=', usageEventId)
    .executeTakeFirst()
  if (!event) throw notFound('usage event', usageEventId)
  return event
}

async function findOriginal(
  ledger: Ledger,
  { organizationId, report }: { organizationId: string; report: UsageReport },
): Promise<UsageEvent> {
  const { resolved } = await resolveReports(ledger.database, { organizationId, reports: [report] })
  const event = await selectUsageEvents(typed(ledger.database, 'find-original-event'))
    .where('usageEvent.organizationId', '=', organizationId)
    .where('usageEvent.customerId', '=', resolved[0]?.customerId ?? '')
    .where('usageEvent.usageMeterId', '=', resolved[0]?.usageMeterId ?? '')
    .where('usageEvent.transactionId', '=', report.transactionId)
    .executeTakeFirst()
  if (!event) throw notFound('usage event', report.transactionId)
  return event
}
