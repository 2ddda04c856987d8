import type { CustomerId, LimitSubject, SpendLimit } from '@tollgate/contract'
import { parseSubject, subjectText } from '../operation/subject-text.ts'
import { callForCustomer } from './call-routine.ts'
import type { MeteringDatabase } from './metering-database.ts'

/** Reads the limits of one subject, or those of a customer, its members and its API keys. */
export async function readLimits(
  database: MeteringDatabase,
  customerId: CustomerId | string,
  subject?: LimitSubject,
): Promise<SpendLimit[]> {
  const limits = await callForCustomer<StoredLimit[]>(database, 'list_limits', [
    customerId,
    subject ? subjectText(subject) : null,
  ])
  return limits.map((limit) => ({
    ...limit,
    subject: parseSubject(limit.subject),
    resetsAt: toInstant(limit.resetsAt),
    expiresAt: toInstant(limit.expiresAt),
  }))
}

/** Sets a limit, or removes it with a null amount; false when the customer's account is unknown. */
export function writeLimit(
  database: MeteringDatabase,
  customerId: string,
  limit: Pick<SpendLimit, 'subject' | 'meter' | 'period' | 'expiresAt'> & { amount: number | null },
): Promise<boolean> {
  const { subject, meter, amount, period, expiresAt } = limit
  return callForCustomer(database, 'set_limit', [
    customerId,
    meter,
    subjectText(subject),
    amount,
    period,
    expiresAt,
  ])
}

type StoredLimit = Omit<SpendLimit, 'subject'> & { subject: string }

function toInstant(at: string | null): string | null {
  return at === null ? null : new Date(at).toISOString()
}
