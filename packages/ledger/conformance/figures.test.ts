import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Backend, startBackend } from './start-backend.ts'

/** The least speedup that justifies one request for many events. */
const BULK_GAIN_MIN = 3
const SINGLE_EVENTS = 200
const EVENTS = 5_000
const BATCH = 500
const ROUNDS = 3
/** LEDGER_FIGURES_EVENTS=1000000 for the full measurement; seeding then takes long. */
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

it(`ingests usage events ${BULK_GAIN_MIN} times as fast through bulk requests as one at a time`, async () => {
  const customers = await Promise.all(Array.from({ length: 20 }, subscriber))
  const ids = customers.map(({ subscriptionId }) => subscriptionId)
  const rates = { bulk: new Array<number>(), single: new Array<number>() }
  // Alternating, so that other load on the machine affects both alike.
  for (let round = 0; round < ROUNDS; round++) {
    rates.single.push(await ingest(singles(ids)))
    rates.bulk.push(await ingest(batches(ids)))
  }
  const [bulk, single] = [median(rates.bulk), median(rates.single)]
  process.stdout.write(`usage events a second: ${bulk} in bulk, ${single} one at a time\n`)
  expect(bulk / single).toBeGreaterThan(BULK_GAIN_MIN)
}, 600_000)

it(`reads a balance as fast after ${MANY} events as after ${FEW}`, async () => {
  const [few, many] = [await subscriber(), await subscriber()]
  await seed(few.subscriptionId, FEW)
  await seed(many.subscriptionId, MANY)
  const times = { few: new Array<number>(), many: new Array<number>() }
  // Alternating, so that other load on the machine affects both alike.
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

type UsageEvent = ReturnType<typeof eventOf>

/** Sends requests, two at a time; returns events per second. */
async function ingest(requests: readonly (readonly UsageEvent[])[]): Promise<number> {
  const queue = requests.values()
  const startedAt = performance.now()
  const worker = async () => {
    for (const usageEvents of queue) await send(usageEvents)
  }
  await Promise.all([worker(), worker()])
  return Math.round(requests.flat().length / ((performance.now() - startedAt) / 1_000))
}

async function send(usageEvents: readonly UsageEvent[]): Promise<void> {
  const [usageEvent] = usageEvents
  if (usageEvent && usageEvents.length === 1) await backend.admin.createUsageEvent({ usageEvent })
  else await backend.admin.bulkCreateUsageEvents({ usageEvents: [...usageEvents] })
}

/** Batches of events from all subscriptions. */
function batches(subscriptionIds: readonly string[]): UsageEvent[][] {
  return Array.from({ length: EVENTS / BATCH }, (_, batch) =>
    Array.from({ length: BATCH }, (_unused, index) => eventOf(subscriptionIds, batch + index)),
  )
}

function singles(subscriptionIds: readonly string[]): UsageEvent[][] {
  return Array.from({ length: SINGLE_EVENTS }, (_, index) => [eventOf(subscriptionIds, index)])
}

function eventOf(subscriptionIds: readonly string[], index: number) {
  return {
    amount: 1,
    subscriptionId: subscriptionIds[index % subscriptionIds.length] ?? '',
    transactionId: randomUUID(),
    usageMeterSlug: 'ai_tokens' as const,
  }
}

async function timed(externalId: string): Promise<number> {
  const startedAt = performance.now()
  const response = await fetch(`${backend.url}/api/v1/customers/${externalId}/usage-balances`, {
    headers: { authorization: backend.apiKey },
  })
  const { usageMeterBalances } = JSON.parse(await response.text())
  const elapsed = performance.now() - startedAt
  expect(usageMeterBalances).not.toEqual([])
  return elapsed
}

function median(values: readonly number[]): number {
  return values.toSorted((left, right) => left - right)[Math.floor(values.length / 2)] ?? 0
}

/** Inserts events and their entries with one statement each; the table's triggers keep the balance. */
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
