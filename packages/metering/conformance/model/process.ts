import type { BillingBackend } from '@tollgate/contract'
import { catalog } from '@tollgate/contract/catalog'
import type { Database, Row, Statement } from '@tollgate/database'
import { assembleMetering } from '../../src/assemble-metering.ts'
import { OPERATION_KEPT_MS_MIN } from '../../src/policy.ts'
import { storedBalance } from './true-balance.ts'
import { hearBackend } from './backend-mode.ts'
import { MODEL_SECRET } from './model-secret.ts'
import { noteMisfits } from './note-misfits.ts'
import { noteMisrouted } from './note-misrouted.ts'
import { type Placing, placingsOf, refusalsOf } from './placings.ts'
import type { Fault, Process } from './running-process.ts'
import { NEVER } from './schedule.ts'
import { pointOf, UNSCHEDULED_POINT } from './store-view.ts'
import type { World } from './world.ts'

type Life = { name: string; dead: boolean; faults: Fault[]; end: () => void }

/** Starts a process; its armed faults end with it. */
export function startProcess(world: Omit<World, 'processes'>, name: string): Process {
  let end: () => void = () => {}
  const death = new Promise<void>((resolve) => {
    end = resolve
  })
  const life: Life = { name, dead: false, faults: [], end }
  world.endings.push(() => kill(life))
  const assembled = assembleMetering({
    database: faultyDatabase(world, life),
    bucketCount: world.scratch.bucketCount,
    backend: faultyBackend(world, life),
    catalog,
    secret: MODEL_SECRET,
    clock: { now: () => new Date(world.start.at + skewOf(name) + world.now) },
    sleep: (ms, signal) =>
      world.schedule.pass(
        `${name} sleeps`,
        async () => {
          world.now += ms
          return life.dead && !signal?.aborted ? NEVER : undefined
        },
        ms,
      ),
    newId: () => `00000000-0000-4000-8000-${String(++world.ids).padStart(12, '0')}`,
    policy: {
      heartbeatMs: 2 ** 31 - 1,
      commitLookupTimeoutMs: 60,
      syncWaitMs: 60,
      resultBytesMax: 2000,
      operationKeptMs: OPERATION_KEPT_MS_MIN,
      backoffMs: { first: 0, longest: 0 },
      watermark: { credits: WATERMARK_CREDITS, ms: 60_000 },
    },
  })
  return {
    ...assembled,
    name,
    death,
    isDead: () => life.dead,
    kill: () => kill(life),
    arm: (fault) => life.faults.push(fault),
  }
}

/** The most credits that a killed stream may have delivered uncharged, beyond its last chunk. */
export const WATERMARK_CREDITS = 10

/** Process clocks disagree: only the database's clock may order their actions. */
function skewOf(name: string): number {
  return name === 'A' ? DAY_MS : name === 'B' ? -DAY_MS : 0
}

const DAY_MS = 86_400_000

function kill(life: Life): void {
  life.dead = true
  life.end()
}

/** Runs a point, with the fault that is armed for it, if any. */
async function meet<T>(
  world: Omit<World, 'processes'>,
  life: Life,
  point: string,
  act: () => Promise<T>,
) {
  world.turn += 1
  if (life.dead) return NEVER
  const fault = life.faults.find((armed) => armed.point === point && armed.times > 0)
  if (!fault) return act()
  fault.times -= 1
  fault.met?.()
  world.coverage.reach(`fault ${point} ${fault.kind}`)
  switch (fault.kind) {
    case 'killed before':
      kill(life)
      return NEVER
    case 'killed after':
      await act()
      kill(life)
      return NEVER
    case 'cut before':
      throw new Error('Connection terminated unexpectedly')
    case 'cut after':
      await act()
      throw new Error('Connection terminated unexpectedly')
  }
}

function faultyDatabase(world: Omit<World, 'processes'>, life: Life): Database {
  const { database } = world.scratch
  return {
    ...database,
    query<R extends Row>(statement: Statement): Promise<R[]> {
      const point = pointOf(statement)
      if (point === UNSCHEDULED_POINT) return Promise.resolve([])
      return world.schedule.pass(
        `${life.name} ${point}`,
        () =>
          meet(world, life, point, async () => {
            await noteMisrouted(world, statement)
            const rows = await database.query<R>(statement)
            noteCorrected(world, statement)
            const placings = placingsOf(statement, rows)
            await noteRefusals(world, life, placings)
            await noteMisfits(world, placings)
            return rows
          }),
        statement.values,
      )
    },
  }
}

/** Records that a provider's late report is stored from now on. */
function noteCorrected({ corrected }: Omit<World, 'processes'>, statement: Statement): void {
  if (pointOf(statement) !== 'correct_provider_costs') return
  const [, , operationId, fence, costs] = statement.values ?? []
  const lines: { model: string; calls: number }[] = JSON.parse(String(costs))
  for (const { model, calls } of lines) {
    const key = `${String(operationId)} ${String(fence)} ${model}`
    corrected.set(key, Math.max(calls, corrected.get(key) ?? 0))
  }
}

/** Reads what was left from the oracle right after a statement that refused a hold. */
async function noteRefusals(
  world: Omit<World, 'processes'>,
  { name }: Life,
  placings: readonly Placing[],
): Promise<void> {
  for (const refusal of refusalsOf(placings)) {
    const left = await storedBalance(world, refusal)
    world.refusals.push({ ...refusal, process: name, turn: world.turn, left })
  }
}

function faultyBackend(world: Omit<World, 'processes'>, life: Life): BillingBackend {
  const { backend } = world
  const answered = async <T>(point: string, answer: T) =>
    world.schedule.pass(`${life.name} hears ${point}`, async () => (life.dead ? NEVER : answer))
  return {
    ...backend,
    async readCustomer(customer, options) {
      const answer = await world.schedule.pass(`${life.name} backend.read`, () =>
        meet(world, life, 'backend.read', () => {
          hearBackend(world, [])
          return backend.readCustomer(customer, options)
        }),
      )
      return answered('backend.read', answer)
    },
    async deliverUsage(deliveries, options) {
      const answer = await world.schedule.pass(
        `${life.name} backend.deliver`,
        () =>
          meet(world, life, 'backend.deliver', () => {
            hearBackend(world, deliveries)
            return backend.deliverUsage(deliveries, options)
          }),
        deliveries,
      )
      return answered('backend.deliver', answer)
    },
  }
}
