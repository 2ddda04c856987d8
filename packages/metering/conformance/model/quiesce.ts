import { finishMove } from './bucket-move.ts'
import { checkPlaces } from './check-places.ts'
import { checkStanding } from './check-standing.ts'
import { checkDrift } from './check-drift.ts'
import { letPass } from './happenings.ts'
import { operationsBeforeRestore } from './lost-time.ts'
import { restart } from './restart.ts'
import type { Process } from './running-process.ts'
import { redeliverLost } from './redeliver-lost.ts'
import { readOpenOperations, replayQuarantined } from './store-view.ts'
import { ModelViolation } from './model-violation.ts'
import type { World } from './world.ts'

/** Longer than lease, grace, sweep and any claim: anything still open afterwards has been missed. */
const REST_MS = 40_000
/** A delivery needs one round; refusals, unacknowledged deliveries and claims of dead processes need a few more. */
const ROUNDS_MAX = 12

/** Switches every fault off and checks that the world finishes all pending work within 40 s. */
export async function quiesce(world: World): Promise<void> {
  const { schedule, scratch } = world
  world.mode = 'ok'
  for (const process of world.processes) {
    if (process.isDead()) restart(world, process)
  }
  await schedule.drain()
  await finishMove(world)
  await checkPlaces(world)
  if (world.running.size > 0)
    throw new ModelViolation('I20', 'no call waits for ever', [...world.history].filter(isOpen))
  letPass(world, REST_MS)
  await deliverEverything(world, startAnew(world))
  await checkStanding(world)
  const pending = await backlog(world)
  if (pending > 0)
    throw new ModelViolation('I20', 'the outbox is empty when nothing fails', { pending })
  const open = await readOpenOperations(scratch.everything)
  if (open.length > 0)
    throw new ModelViolation('I20', 'no operation is open when nothing runs', open)
}

async function deliverEverything(world: World, process: Process): Promise<void> {
  const { schedule, scratch } = world
  await schedule.alone(async () => {
    while ((await process.sweeper.sweepOnce()).length > 0) continue
  })
  for (let round = 0; round < ROUNDS_MAX; round += 1) {
    await schedule.alone(() => deliverAll(process))
    await replayQuarantined(scratch.everything, disputed(world))
    letPass(world, 2000)
    if ((await backlog(world)) === 0) break
  }
  await redeliverLost(world, await checkDrift(world, PAGE))
  await schedule.alone(async () => {
    for (const customer of world.customers) await process.metering.sync(customer)
  })
}

async function backlog(world: World): Promise<number> {
  const [{ metering }] = world.processes
  return (await world.schedule.alone(() => metering.backlog())).pending
}

/** Limited rounds instead of draining: what cannot be delivered must not loop forever. */
async function deliverAll({ relay }: Process): Promise<void> {
  for (let batch = 0; batch < BATCHES_MAX; batch += 1) {
    if ((await relay.deliverOnce()) === 0 && (await relay.syncOnce()) === 0) return
  }
}

const BATCHES_MAX = 20
const PAGE = 1000

/** Ids for which the backend may permanently have another amount: another client used them first, or they were charged before a restore. */
function disputed(world: World): Set<string> {
  const forgotten = operationsBeforeRestore(world)
  const events = [...world.backend.events.values()]
  const charged = events.filter(({ operationId }) => forgotten.has(operationId))
  return new Set([...world.preempted, ...charged.map(({ transactionId }) => transactionId)])
}

/** Replaces the processes, which discards armed faults that never fired. */
function startAnew(world: World): Process {
  for (const process of world.processes) restart(world, process)
  return world.processes[0]
}

function isOpen({ endedAt }: { endedAt: number | null }): boolean {
  return endedAt === null
}
