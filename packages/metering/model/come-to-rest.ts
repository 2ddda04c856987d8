import { checkBooks } from './check-books.ts'
import type { Process } from './process.ts'
import { letPass } from './happenings.ts'
import { restart, type World } from './world.ts'
import { Violation } from './violation.ts'

/** Longer than lease, grace, sweep and any claim: whatever is still open after it was forgotten. */
const REST_MS = 40_000
/** A delivery needs one round; refusals, doubts and claims of the dead need a few more. */
const ROUNDS_MAX = 12

/** Switches every fault off and lets the world finish what it began, as it must within 40 s. */
export async function comeToRest(world: World): Promise<void> {
  world.gate.open()
  world.mode = 'ok'
  for (const process of world.processes) {
    if (process.isDead()) restart(world, process)
  }
  await Promise.all(world.running)
  await letPass(world, REST_MS)
  const [process] = [startAnew(world)]
  while ((await process.sweeper.sweepOnce()).length > 0) continue
  for (let round = 0; round < ROUNDS_MAX; round += 1) {
    await deliverAll(process)
    await replayQuarantined(world)
    await letPass(world, 2000)
    if ((await process.metering.backlog()).pending === 0) break
  }
  for (const customer of world.customers) await process.metering.sync(customer)
  await checkBooks(world)
  const { pending } = await process.metering.backlog()
  if (pending > 0) throw new Violation('I20', 'the outbox is empty when nothing fails', { pending })
  const open = await world.scratch.database.query({
    text: `select operation_id, lease_until from metering.operation where state = 'executing'`,
  })
  if (open.length > 0) throw new Violation('I20', 'no operation is open when nothing runs', open)
}

/** Not by draining: what cannot be delivered must end here, and not go on for ever. */
async function deliverAll({ relay }: Process): Promise<void> {
  for (let batch = 0; batch < BATCHES_MAX; batch += 1) {
    if ((await relay.deliverOnce()) === 0 && (await relay.syncOnce()) === 0) return
  }
}

const BATCHES_MAX = 20

/** The faults that were armed and not met go with the old processes. */
function startAnew(world: World) {
  for (const process of world.processes) restart(world, process)
  return world.processes[0]
}

async function replayQuarantined(world: World): Promise<void> {
  await world.scratch.database.query({
    text: `update metering.usage_event set state = 'pending', refusals = 0, next_at = metering.clock()
      where state = 'quarantined' and transaction_id <> all ($1)`,
    values: [[...world.preempted]],
  })
}
