import type { Database } from '@tollgate/database'

/** The steps of a server's sweeper. */
const STEP = { customers: 1000, rows: 500, pauseMs: 250, keptMs: 400 * 86_400_000 }

/** The work and the cost of ageing steps. */
export type AgeingCost = {
  rows: number
  steps: number
  ms: number
  longestStepMs: number
  walBytes: number
}

/** Ages operations in the bench's database until stopped or until nothing is left, with or without a server's pauses. */
export function createAgeSteps(database: Database) {
  let after = ''
  return async function age(until: { stopped: () => boolean; pauses: boolean }) {
    const cost: AgeingCost = { rows: 0, steps: 0, ms: 0, longestStepMs: 0, walBytes: 0 }
    const walBefore = await walBytes(database)
    for (let isOver = false; !isOver && !until.stopped();) {
      const startedAt = performance.now()
      const { aged, next } = await step(database, after)
      const ms = performance.now() - startedAt
      after = next ?? ''
      isOver = next === null
      cost.rows += aged
      cost.steps += 1
      cost.ms += ms
      cost.longestStepMs = Math.max(cost.longestStepMs, ms)
      if (until.pauses) await new Promise((resolve) => setTimeout(resolve, STEP.pauseMs))
    }
    cost.walBytes = (await walBytes(database)) - walBefore
    return cost
  }
}

async function step(database: Database, after: string) {
  const rows = await database.query<{ answer: { aged: number; next: string | null } }>({
    name: 'age',
    text: 'select metering.age_operations(0::smallint, $1, $2, $3, $4) as answer',
    values: [after, STEP.customers, STEP.rows, STEP.keptMs],
  })
  return rows[0]?.answer ?? { aged: 0, next: null }
}

async function walBytes(database: Database): Promise<number> {
  const [row] = await database.query<{ bytes: number }>({
    text: `select (pg_current_wal_lsn() - '0/0')::bigint as bytes`,
  })
  return row?.bytes ?? 0
}
