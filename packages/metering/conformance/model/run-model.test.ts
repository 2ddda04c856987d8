import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { testPostgresUrl } from '@tollgate/testing/database'
import { createCoverage } from './coverage.ts'
import { acknowledgeLate } from './late-commands.ts'
import type { Plan } from './plan.ts'
import { runModel, runSchedule } from './run-model.ts'
import type { Scratch } from './scratch.ts'
import { openScratchDatabase } from './scratch-database.ts'
import { createTrace } from './trace.ts'
import type { World } from './world.ts'

/** Several dozen statements per schedule, on a machine that is also running other tests. */
const TIMEOUT_MS = 300_000

describe('one seed of the model', () => {
  afterEach(() => void vi.useRealTimers())

  it(
    'gives the same decisions, effects and answers on any date and with any plans of the database',
    async () => {
      const hashes = [await hashOf(7)]
      for (const date of DATES) {
        vi.useFakeTimers({ toFake: ['Date'], now: Date.parse(date) })
        hashes.push(await hashOf(7))
      }
      vi.useRealTimers()
      hashes.push(await hashOf(7, OTHER_PLANS))
      expect(hashes).toEqual(hashes.map(() => hashes[0]))
    },
    TIMEOUT_MS,
  )

  it('gives other decisions than another seed', { timeout: TIMEOUT_MS }, async () => {
    expect(await hashOf(7)).not.toBe(await hashOf(8))
  })
})

const DATES = [
  '2026-12-31T23:59:59.900Z',
  '2028-02-29T12:00:00Z',
  '2027-03-28T00:59:59.900Z',
  '2027-10-31T00:59:59.900Z',
  '2038-01-19T03:14:07Z',
]

const OTHER_PLANS = {
  plan_cache_mode: 'force_custom_plan',
  enable_seqscan: 'on',
  enable_indexscan: 'off',
  enable_bitmapscan: 'off',
  enable_hashjoin: 'off',
  enable_nestloop: 'off',
  enable_hashagg: 'off',
}

async function hashOf(seed: number, settings: Record<string, string> = {}): Promise<string> {
  const trace = createTrace()
  const server = testPostgresUrl()
  const found = await runModel({
    server,
    seed,
    settings,
    trace,
    runs: 2,
    commands: 40,
    coverage: createCoverage(),
  })
  expect(found).toBeNull()
  return trace.digest()
}

describe('the model', () => {
  let scratch: Scratch
  beforeAll(async () => {
    scratch = await openScratchDatabase(testPostgresUrl())
  })
  afterAll(() => scratch.close())

  it('accepts that a result expires 72 hours after it was charged, however late that was acknowledged', async () => {
    const coverage = createCoverage()
    await runSchedule(
      { scratch, coverage, trace: createTrace() },
      { commands: [commandOf((world) => acknowledgeLate(world, PLAN))], start: START, order: 1 },
    )
    expect([...coverage.counts.keys()]).toEqual(
      expect.arrayContaining(['answer answered', 'answer result_gone']),
    )
  })
})

const START = { at: Date.parse('2027-01-01'), zone: 'UTC' }

const PLAN: Plan = {
  process: 0,
  customer: 0,
  key: 0,
  otherInput: false,
  badCost: false,
  steps: 0,
  ending: 'ok',
  fifths: 5,
  reads: 100,
  subjects: 'none',
}

function commandOf(act: (world: World) => Promise<void> | void) {
  return {
    check: () => true,
    toString: () => 'the story of the test',
    run: (_model: object, world: World) =>
      world.schedule.command('the story of the test', async () => act(world)),
  }
}
