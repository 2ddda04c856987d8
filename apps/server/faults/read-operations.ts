import { createHash } from 'node:crypto'
import { addressFile } from '@tollgate/api'
import type { Database } from '@tollgate/database'
import { HOLDS } from '@tollgate/metering/postgres'
import type { Observation, OperationRecord } from '@tollgate/testing/faults'

type Row = {
  customer_id: string
  operation_id: string
  key: string
  procedure: string
  state: OperationRecord['state']
  attempt: number
  result: string | null
  created_at: Date
  ended_at: Date | null
  meter: string
  charged: number
}

/** Reads every stored operation under the key that a client of this history created. */
export async function readOperations(
  tollgate: Database,
  observations: readonly Observation[],
): Promise<OperationRecord[]> {
  const rows = await tollgate.query<Row>({
    text: `select o.customer_id, o.operation_id, o.key, o.procedure, o.state, o.attempt, o.result, o.created_at, o.ended_at,
                  h.meter, coalesce(h.charged, 0) as charged
           from metering.operation o join ${HOLDS} h using (bucket, operation_id)`,
  })
  const made = new Map(observations.map((call) => [uuidOf(call), call.key]))
  return rows.map((row) => ({
    customerId: row.customer_id,
    operationId: row.operation_id,
    key: made.get(row.key.replaceAll('-', '')) ?? `unknown key ${row.key}`,
    state: row.state,
    meter: row.meter,
    charged: row.charged,
    attempt: row.attempt,
    body: bodyOf(row),
    createdAt: row.created_at.getTime(),
    endedAt: row.ended_at?.getTime() ?? null,
  }))
}

/** The response that contains what is stored: an output with its file's URL, or the chunks of a stream. */
function bodyOf({ result, operation_id }: Row): string | null {
  if (result === null) return null
  const stored: unknown = JSON.parse(result)
  if (typeof stored !== 'object' || stored === null) return null
  const data =
    'output' in stored ? addressFile(stored.output, operation_id) : Reflect.get(stored, 'chunks')
  return JSON.stringify({ result: { data } })
}

/** As metering derives it from a key: 64 bits of the customer's key, and 64 bits with the procedure. */
function uuidOf(scope: { customerId: string; procedure: string; key: string }): string {
  const key = `${scope.customerId}\n${digest(scope.key, 'base64url')}`
  return digest(key, 'hex').slice(0, 16) + digest(`${key}\n${scope.procedure}`, 'hex').slice(0, 16)
}

function digest(text: string, encoding: 'base64url' | 'hex'): string {
  return createHash('sha256').update(text).digest(encoding)
}

/** I7: the differences between the usage events of both sides, one line each; empty if the backend has exactly what we sent. */
export async function sinkDifferences(databases: {
  tollgate: Database
  billing: Database
}): Promise<string[]> {
  const ours = await databases.tollgate.query<{ fact: string; state: string }>({
    text: `select concat_ws(' ', h.operation_id, h.meter, o.subscription_id, h.charged) as fact,
             case when e.quarantined then 'quarantined' when e.quarantined is null then 'delivered' else 'pending' end as state
           from ${HOLDS} h join metering.operation o using (bucket, operation_id)
           left join metering.outbox e on e.operation_id = h.operation_id and e.meter = h.meter
           where h.charged > 0`,
  })
  const theirs = await databases.billing.query<{ fact: string }>({
    text: `select concat_ws(' ', e.properties->>'operationId', m.slug, e.subscription_id, e.amount) as fact
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

/** How many usage events are not yet delivered. */
export async function pendingEvents(tollgate: Database): Promise<number> {
  const rows = await tollgate.query<{ pending: number }>({
    text: 'select count(*) as pending from metering.outbox where not quarantined',
  })
  return rows[0]?.pending ?? 0
}
