import { createHash } from 'node:crypto'
import type { Database } from '@tollgate/database'
import type { Observation, OperationRecord } from '@tollgate/testing/faults'

type Row = {
  customer_id: string
  operation_id: string
  key_hash: string | null
  state: OperationRecord['state']
  attempt: number
  result: string | null
  created_at: Date
  ended_at: Date | null
  meter: string
  charged: number
}

/** Reads every operation as the books have it, each under the key that a client of this history made. */
export async function readOperations(
  tollgate: Database,
  observations: readonly Observation[],
): Promise<OperationRecord[]> {
  const keys = new Map(observations.map(({ key }) => [digest(key), key]))
  const rows = await tollgate.query<Row>({
    text: `select o.customer_id, o.operation_id, o.key_hash, o.state, o.attempt, o.result, o.created_at, o.ended_at,
                  h.meter, coalesce(h.charged, 0) as charged
           from metering.operation o join metering.hold h using (customer_id, operation_id)`,
  })
  return rows.map((row) => ({
    customerId: row.customer_id,
    operationId: row.operation_id,
    key: keys.get(row.key_hash ?? '') ?? `unknown key ${row.key_hash}`,
    state: row.state,
    meter: row.meter,
    charged: row.charged,
    attempt: row.attempt,
    body: bodyOf(row.result),
    createdAt: row.created_at.getTime(),
    endedAt: row.ended_at?.getTime() ?? null,
  }))
}

/** The answer that carries what is stored: an output, or a stream's pieces. */
function bodyOf(result: string | null): string | null {
  if (result === null) return null
  const stored: unknown = JSON.parse(result)
  if (typeof stored !== 'object' || stored === null) return null
  const data = 'output' in stored ? stored.output : Reflect.get(stored, 'chunks')
  return JSON.stringify({ result: { data } })
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('base64url')
}

/** I7: how the usage events of both sides differ, one line each; empty when the backend has exactly what we sent it. */
export async function sinkDifferences(databases: {
  tollgate: Database
  billing: Database
}): Promise<string[]> {
  const ours = await databases.tollgate.query<{ fact: string; state: string }>({
    text: `select concat_ws(' ', transaction_id, meter, subscription_id, amount) as fact, state from metering.usage_event`,
  })
  const theirs = await databases.billing.query<{ fact: string }>({
    text: `select concat_ws(' ', e.transaction_id, m.slug, e.subscription_id, e.amount) as fact
           from usage_event e
           join usage_meter m on (m.organization_id, m.id) = (e.organization_id, e.usage_meter_id)`,
  })
  const sent = new Set(ours.map(({ fact }) => fact))
  const counts = new Map<string, number>()
  for (const { fact } of theirs) counts.set(fact, (counts.get(fact) ?? 0) + 1)
  return [
    ...ours
      .filter(({ state }) => state !== 'delivered')
      .map(({ fact, state }) => `${state}: ${fact}`),
    ...ours.filter(({ fact }) => !counts.has(fact)).map(({ fact }) => `lost: ${fact}`),
    ...[...counts].filter(([, count]) => count > 1).map(([fact]) => `duplicated: ${fact}`),
    ...[...counts.keys()]
      .filter((fact) => !sent.has(fact))
      .map((fact) => `never sent by us: ${fact}`),
  ]
}

/** How many usage events are still on their way. */
export async function pendingEvents(tollgate: Database): Promise<number> {
  const rows = await tollgate.query<{ pending: number }>({
    text: `select count(*) as pending from metering.usage_event where state = 'pending'`,
  })
  return rows[0]?.pending ?? 0
}
