import type { Ledger } from '../core/ledger.ts'
import type { Faults } from '../core/schemas/dev.ts'

/** Reads an organisation's injected faults. */
export async function readFaults(ledger: Ledger, organizationId: string): Promise<Faults> {
  const [faults] = await ledger.database.query<Faults>({
    text: `select failing_payments as "failingPayments", down, latency_ms as "latencyMs",
                  duplicate_deliveries as "duplicateDeliveries"
           from dev_fault where organization_id = $1`,
    values: [organizationId],
  })
  return faults ?? { failingPayments: 0, down: false, latencyMs: 0, duplicateDeliveries: false }
}

/** Changes the injected faults; what is left out stays. */
export async function setFaults(
  ledger: Ledger,
  {
    organizationId,
    change,
  }: { organizationId: string; change: { [Name in keyof Faults]?: Faults[Name] | undefined } },
): Promise<Faults> {
  await ledger.database.query({
    text: `insert into dev_fault as kept
             (organization_id, failing_payments, down, latency_ms, duplicate_deliveries)
           values ($1, coalesce($2, 0), coalesce($3, false), coalesce($4, 0), coalesce($5, false))
           on conflict (organization_id) do update set
             failing_payments = coalesce($2, kept.failing_payments), down = coalesce($3, kept.down),
             latency_ms = coalesce($4, kept.latency_ms),
             duplicate_deliveries = coalesce($5, kept.duplicate_deliveries)`,
    values: [
      organizationId,
      change.failingPayments ?? null,
      change.down ?? null,
      change.latencyMs ?? null,
      change.duplicateDeliveries ?? null,
    ],
  })
  return readFaults(ledger, organizationId)
}
