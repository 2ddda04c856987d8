import type { Ledger } from '../core/ledger.ts'
import { LedgerError, notFound } from '../core/ledger-error.ts'
import { recordUsage } from './record-usage.ts'
import { resolveReports } from './resolve-reports.ts'
import { USAGE_EVENT_COLUMNS, type UsageEvent, type UsageReport } from './usage-event.ts'

/** Records one usage event, or answers with the original when its transactionId is known. */
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
  if (ledger.strictReplays && original.amount !== report.amount) {
    throw new LedgerError(
      'CONFLICT',
      `The transactionId "${report.transactionId}" was recorded with ${original.amount}, not ${report.amount}.`,
    )
  }
  return original
}

/** Reads a usage event by its id. */
export async function readUsageEvent(
  ledger: Ledger,
  { organizationId, usageEventId }: { organizationId: string; usageEventId: string },
): Promise<UsageEvent> {
  const [event] = await ledger.database.query<UsageEvent>({
    name: 'read-usage-event',
    text: `select ${USAGE_EVENT_COLUMNS} from usage_event event
           join usage_meter meter
             on meter.organization_id = event.organization_id and meter.id = event.usage_meter_id
           where event.organization_id = $1 and event.id = $2`,
    values: [organizationId, usageEventId],
  })
  if (!event) throw notFound('usage event', usageEventId)
  return event
}

async function findOriginal(
  ledger: Ledger,
  { organizationId, report }: { organizationId: string; report: UsageReport },
): Promise<UsageEvent> {
  const { resolved } = await resolveReports(ledger.database, { organizationId, reports: [report] })
  const [event] = await ledger.database.query<UsageEvent>({
    name: 'find-original-event',
    text: `select ${USAGE_EVENT_COLUMNS} from usage_event event
           join usage_meter meter
             on meter.organization_id = event.organization_id and meter.id = event.usage_meter_id
           where event.organization_id = $1 and event.customer_id = $2 and event.usage_meter_id = $3
             and event.transaction_id = $4`,
    values: [
      organizationId,
      resolved[0]?.customerId,
      resolved[0]?.usageMeterId,
      report.transactionId,
    ],
  })
  if (!event) throw notFound('usage event', report.transactionId)
  return event
}
