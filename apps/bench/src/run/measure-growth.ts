import type { Database } from '@tollgate/database'
import { z } from 'zod'
import { sampleSchema } from '../measure/sample.ts'
import type { Timing } from './cells.ts'
import type { Stage, SubjectProcess } from './open-stage.ts'

const FEW = 10_000
const MANY = 1_000_000
const CUSTOMERS_MAX = 100_000
const CALLERS = Array.from({ length: 20 }, (_, index) => `growing_${index}`)

/** How much slower a pair is, one at a time, with a million stored events than with ten thousand; one ratio per round. */
export async function measureGrowth(
  stage: Stage,
  options: { rounds: number; timing: Timing },
): Promise<number[]> {
  const few = await openFilled(stage, 'growth_few', FEW)
  const many = await openFilled(stage, 'growth_many', MANY)
  const ratios: number[] = []
  for (let round = 0; round < options.rounds; round += 1) {
    const first = round % 2 === 0 ? few : many
    const second = first === few ? many : few
    const samples = [
      await pairAlone(first, options.timing),
      await pairAlone(second, options.timing),
    ]
    const [fewP50 = Number.NaN, manyP50 = Number.NaN] =
      first === few ? samples : samples.toReversed()
    ratios.push(manyP50 / fewP50)
  }
  return ratios
}

async function openFilled(stage: Stage, name: string, events: number): Promise<SubjectProcess> {
  const subject = await stage.openSubject(name)
  await subject.child.ask({ name: 'sync', input: CALLERS, answer: z.null() })
  await fill(subject.database, events)
  return subject
}

async function pairAlone({ child }: SubjectProcess, timing: Timing): Promise<number> {
  const sample = await child.ask({
    name: 'pairs',
    input: { statements: 'gathered', customers: CALLERS, concurrency: 1, ...timing },
    answer: sampleSchema,
  })
  return sample.p50
}

/** Writes delivered history in bulk; triggers and foreign keys would take minutes and change nothing that is read. */
async function fill(database: Database, events: number): Promise<void> {
  const customers = Math.min(events, CUSTOMERS_MAX)
  await database.transaction(async ({ query }) => {
    await query({ text: 'set local session_replication_role = replica' })
    for (const text of FILL)
      await query({ text, values: text.includes('$2') ? [customers, events] : [customers] })
  })
  await database.query({
    text: 'analyze metering.operation, metering.account, metering.customer',
  })
}

const FILL = [
  `insert into metering.customer (bucket, customer_id, name, email, subscription_id, synced_at)
     select 0, 'past_' || i, 'past', 'past@bench.example', 'sub_' || i, now() from generate_series(1, $1::int) i`,
  `insert into metering.account (bucket, customer_id, meter, synced_balance, granted)
     select 0, 'past_' || i, 'api_calls', 1000000, 1000000 from generate_series(1, $1::int) i`,
  `insert into metering.operation (bucket, operation_id, key, fingerprint, customer_id, meter, procedure, state, attempt, fence,
       held, charged, lease_until, deadline_at, created_at, started_at, ended_at)
     select 0, uuidv7(), gen_random_uuid(), gen_random_uuid(), 'past_' || (i % $1::int + 1), 'api_calls', 'bench.pair',
       'settled', 1, 1, 1, 1, now(), now(), now(), now(), now() from generate_series(1, $2::int) i`,
]
