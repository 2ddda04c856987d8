import { letPass } from './happenings.ts'
import { readDelivered, readExecuting, readUndelivered } from './store-events.ts'
import { restart } from './restart.ts'
import type { World } from './world.ts'

/** Copies everything metering stores. */
export async function backUp(world: World): Promise<void> {
  world.turn += 1
  await world.scratch.backUp()
  world.backedUpAt = world.turn
  world.movedInBackup = world.move
  world.turn += 1
}

/** Ends every process and restores the last backup, which takes `ms`; the backend keeps what it received. */
export async function restoreBackup(world: World, ms: number): Promise<void> {
  if (world.backedUpAt === null) throw new Error('There is no backup.')
  for (const end of world.endings) end()
  world.turn += 1
  await world.scratch.restore()
  world.move = world.movedInBackup
  world.lostTimes.push({ from: world.backedUpAt, until: world.turn })
  letPass(world, ms)
  outdate(world)
  for (const process of world.processes) restart(world, process)
  world.checkedAt = -1
  await noteRestored(world)
}

/** No stored balance can be relied on until it is read from the backend again. */
export function outdate(world: Omit<World, 'processes'>): void {
  for (const { customerId } of world.customers) {
    world.outdatedSince.set(customerId, Date.parse(world.instant()))
  }
}

async function noteRestored({ scratch, backend, coverage }: World): Promise<void> {
  coverage.reach('restored')
  const charged = await readDelivered(scratch.everything)
  const waiting = await readUndelivered(scratch.everything)
  const waitingKeys = new Set(waiting.map((event) => `${event.transactionId} ${event.meter}`))
  const executing = await readExecuting(scratch.everything)
  for (const [key] of backend.events) {
    if (waitingKeys.has(key)) coverage.reach('restored a delivered event')
    else if (executing.has(key)) coverage.reach('restored the hold of a charge')
    else if (!charged.has(key)) coverage.reach('restored without a charge')
  }
}
