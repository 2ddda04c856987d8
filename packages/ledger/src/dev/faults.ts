import type { Ledger } from '../core/ledger.ts'
import type { Faults } from '../core/schemas/dev.ts'
import { typed } from '../core/typed.ts'

/** Reads an organisation's injected faults. */
export async function readFaults(ledger: Ledger, organizationId: string): Promise<Faults> {
  const faults = await typed(ledger.database)
    .selectFrom('devFault')
    .select(['failingPayments', 'down', 'latencyMs', 'duplicateDeliveries'])
    .where('organizationId', '=', organizationId)
    .executeTakeFirst()
  return faults ?? { failingPayments: 0, down: false, latencyMs: 0, duplicateDeliveries: false }
}

/** Changes the given faults and keeps the others. */
export async function setFaults(
  ledger: Ledger,
  {
    organizationId,
    change,
  }: { organizationId: string; change: { [Name in keyof Faults]?: Faults[Name] | undefined } },
): Promise<Faults> {
  await typed(ledger.database)
    .insertInto('devFault')
    .values({ ...change, organizationId })
    .onConflict((kept) => kept.column('organizationId').doUpdateSet({ ...change, organizationId }))
    .execute()
  return readFaults(ledger, organizationId)
}
