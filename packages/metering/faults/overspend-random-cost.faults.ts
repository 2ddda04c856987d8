import { type BillingCustomer, customerId, operationKey } from '@tollgate/contract'
import { catalog } from '@tollgate/contract/catalog'
import { type Database, hotPathSettings, openDatabase } from '@tollgate/database'
import { createTestDatabase } from '@tollgate/testing/database'
import { faultRuns, faultSeed, seededRandom } from '@tollgate/testing/faults'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createMetering } from '../src/create-metering.ts'
import { createFakeBackend } from '@tollgate/testing/fake-backend'
import type { BilledCall, Metering } from '../src/metering.ts'
import { MeteringError } from '../src/metering-error.ts'
import { METERING_MIGRATIONS } from '../src/migrations.ts'
import { checkInvariants } from '../src/verify/check-invariants.ts'
import { refuseEveryFifth, refusedSoFar } from './serialization-failures.ts'

const CALLS = 5000
const CLIENTS = 200
const CONNECTIONS = 3
const COST_MAX = 50
/** About half of what five thousand calls of 1 to 50 credits need, so that many are refused. */
const BALANCE = 60_000
const METER = 'ai_tokens'
/** Batched calls fail together in one statement, so this is far less than a fifth of the calls. */
const REFUSED_MIN = 50

describe('calls of random cost against a database that refuses every fifth statement', () => {
  const seed = faultSeed()
  const random = seededRandom(seed)
  const calls = faultRuns(1) * CALLS
  const backend = createFakeBackend({ welcome: { [METER]: BALANCE * faultRuns(1) } })
  const pools: Database[] = []
  let processes: Metering[] = []
  let database: Database
  let drop: () => Promise<void>

  beforeAll(async () => {
    const created = await createTestDatabase({
      template: 'metering',
      migrations: METERING_MIGRATIONS,
    })
    ;({ database, drop } = created)
    for (const _process of [1, 2]) {
      const settings = { ...hotPathSettings }
      pools.push(openDatabase({ url: created.url, maxConnections: CONNECTIONS, settings }))
    }
    processes = pools.map((pool) =>
      createMetering({
        database: pool,
        backend,
        catalog,
        secret: 'a secret of at least thirty-two characters',
      }),
    )
    for (const process of processes) await process.start()
    await refuseEveryFifth(database)
  })
  afterAll(async () => {
    for (const process of processes) await process.stop()
    for (const pool of pools) await pool.close()
    await drop()
  })

  it(`let ${calls} of them spend what is there to the last credit that fits, and no more`, async () => {
    const customer = { customerId: customerId('ada'), name: 'Ada', email: 'ada@example.com' }
    const outcomes = new Map<string, number>()
    const refused: number[] = []
    let charged = 0

    async function call(turn: number): Promise<void> {
      const cost = 1 + random.below(COST_MAX)
      const process = processes[turn % processes.length]
      if (!process) throw new Error('There is no process to call.')
      const outcome = await charge(process, { customer, key: random.key(), cost })
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1)
      if (outcome === 'answered') charged += cost
      if (outcome === 'insufficient_credits') refused.push(cost)
    }

    const startedAt = performance.now()
    let turn = 0
    const client = async () => {
      while (turn < calls) await call(turn++)
    }
    await Promise.all(Array.from({ length: CLIENTS }, client))
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1)
    for (const process of processes) await process.drain()
    const failures = await refusedSoFar(database)
    say(`seed ${seed} (FAULT_SEED=${seed} repeats it)`)
    say(`${calls} calls by ${CLIENTS} clients in ${seconds} s: ${JSON.stringify([...outcomes])}`)
    say(`${failures} statements refused with 40001, ${CONNECTIONS} connections per process`)
    say(`${charged} credits charged of ${BALANCE * faultRuns(1)}`)

    // A serialization failure is retried internally and never reaches a caller.
    expect([...outcomes.keys()].toSorted()).toEqual(['answered', 'insufficient_credits'])
    const left = backend.availableOf(customer.customerId, METER)
    expect(left).toBe(BALANCE * faultRuns(1) - charged)
    expect(left).toBeGreaterThanOrEqual(0)
    // No hold is ever released here, so a refused call would be refused again.
    expect(Math.min(...refused)).toBeGreaterThan(left)
    expect(failures).toBeGreaterThan(REFUSED_MIN)
    expect(await checkInvariants(database)).toEqual([])
  })
})

async function charge(
  process: Metering,
  { customer, key, cost }: { customer: BillingCustomer; key: string; cost: number },
): Promise<string> {
  const call: BilledCall = {
    customer,
    procedure: 'text.summarize',
    key: operationKey(key),
    input: { cost },
    charges: [{ meter: METER, hold: cost }],
    settle: 'hold',
  }
  try {
    const { receipt } = await process.run(call, async () => cost)
    expect(receipt.charges).toEqual([{ meter: METER, amount: cost }])
    return 'answered'
  } catch (error) {
    if (error instanceof MeteringError) return error.code
    throw error
  }
}

function say(line: string): void {
  process.stdout.write(`  random cost: ${line}\n`)
}
