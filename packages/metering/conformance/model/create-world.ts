import { customerId } from '@tollgate/contract'
import { createFakeBackend } from '@tollgate/testing/fake-backend'
import { bucketOf } from '../../src/store/metering-database.ts'
import { startProcess } from './process.ts'
import { PERIOD_MS, type World } from './world.ts'

/** Creates a world in which two customers have 10 images, 200 tokens and 20 calls each per billing period. */
export function createWorld(
  parts: Pick<World, 'schedule' | 'trace' | 'scratch' | 'start' | 'coverage'>,
): World {
  const backend = createFakeBackend({
    welcome: { image_generations: 10, ai_tokens: 200, api_calls: 20 },
    periods: {
      start: parts.start.at,
      lengthMs: PERIOD_MS,
      now: () => parts.start.at + world.passed,
    },
  })
  const begun: Omit<World, 'processes'> = {
    ...parts,
    backend,
    customers: ['ada', 'bob'].map((name) => ({
      customerId: customerId(name),
      name,
      email: `${name}@example.com`,
    })),
    history: [],
    now: 0,
    turn: 0,
    mode: 'ok',
    topUps: [],
    renewals: [],
    losses: [],
    preempted: new Set(),
    backedUpAt: null,
    movedInBackup: null,
    move: null,
    lostTimes: [],
    outdatedSince: new Map(),
    lostEvents: new Map(),
    lostCredits: [],
    foreignIds: new Set(),
    refusals: [],
    misfits: [],
    placed: new Set(),
    unsure: new Set(),
    aged: { operations: [], delivered: new Map() },
    corrected: new Map(),
    ids: 0,
    passed: 0,
    instant: () => new Date(parts.start.at + world.passed).toISOString(),
    lapses: [],
    hadFeature: new Set(),
    endings: [],
    checkedAt: -1,
    broken: null,
    running: new Set(),
  }
  refuseNeighbours(begun)
  const world: World = Object.assign(begun, { processes: [] as unknown as World['processes'] })
  world.processes = [startProcess(world, 'A'), startProcess(world, 'B')]
  return world
}

/** With two databases, each customer is on a different one, so that every schedule uses both. */
function refuseNeighbours({ scratch, customers }: Pick<World, 'scratch' | 'customers'>): void {
  const { database, bucketCount } = scratch
  const buckets = customers.map(({ customerId: id }) => bucketOf({ ...database, bucketCount }, id))
  if (bucketCount > 1 && new Set(buckets).size < customers.length)
    throw new Error(`The customers of the model share bucket ${buckets[0]}.`)
}
