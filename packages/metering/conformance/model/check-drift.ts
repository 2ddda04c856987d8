import type { DriftedEvent } from '../../src/drift/drifted-event.ts'
import { findDrift } from '../../src/drift/find-drift.ts'
import { createChargeReader } from '../../src/store/create-charge-reader.ts'
import { listBackend } from './list-backend.ts'
import { operationsBeforeRestore } from './lost-time.ts'
import { MODEL_SECRET } from './model-secret.ts'
import { readDelivered, readKeptSince, readUndelivered } from './store-events.ts'
import { ModelViolation } from './model-violation.ts'
import type { World } from './world.ts'

/** Runs an operator's drift comparison and checks that it finds exactly what differs; returns the drifted events. */
export async function checkDrift(world: World, pageSize: number): Promise<DriftedEvent[]> {
  const sides = {
    metering: createChargeReader({ database: world.scratch.database, secret: MODEL_SECRET }),
    backend: listBackend(world),
    pageSize,
  }
  // Statements advance the clock by less than a second in total.
  const until = Date.parse(world.instant()) + 1000
  const found: DriftedEvent[] = []
  for await (const drifted of findDrift(sides, { from: 0, until })) found.push(drifted)
  const named = found.map((drifted) => `${drifted.kind} ${keyOf(drifted)}`).toSorted()
  world.trace.record('drift', String(pageSize), named)
  const differing = await readDifferences(world)
  if (JSON.stringify(named) !== JSON.stringify(differing)) {
    throw new ModelViolation('I38', 'a comparison names exactly what differs', { named, differing })
  }
  for (const drifted of found) {
    world.coverage.reach(`drift ${drifted.kind}`)
    if (!isExplained(world, drifted)) {
      throw new ModelViolation('I7', 'the backend has exactly our events', drifted)
    }
  }
  return found
}

/** Transaction id and meter of a drifted event: its key in the in-memory backend. */
export function keyOf(drifted: DriftedEvent): string {
  const { transactionId, meter } =
    drifted.kind === 'missing_in_metering' ? drifted.event : drifted.charge
  return `${transactionId} ${meter}`
}

/** Every difference by transaction id, at any time, except for charges that have aged out here. */
async function readDifferences({ scratch, backend }: World): Promise<string[]> {
  const keptSince = await readKeptSince(scratch.everything)
  const isKept = ({ customerId, occurredAt }: { customerId: string; occurredAt: number }) =>
    occurredAt >= (keptSince.get(customerId) ?? 0)
  const delivered = [...(await readDelivered(scratch.everything))].filter(([, one]) => isKept(one))
  const ours = new Map(delivered.map(([key, { amount }]) => [key, amount]))
  for (const { transactionId, meter, amount } of await readUndelivered(scratch.everything)) {
    ours.set(`${transactionId} ${meter}`, amount)
  }
  const theirs = [...backend.events].map(([key, event]) => {
    if (!isKept(event)) return null
    const charged = ours.get(key)
    if (charged === undefined) return `missing_in_metering ${key}`
    return charged === event.amount ? null : `different ${key}`
  })
  const lost = delivered.map(([key]) => key).filter((key) => !backend.events.has(key))
  return [...theirs, ...lost.map((key) => `missing_at_backend ${key}`)]
    .filter((line) => line !== null)
    .toSorted()
}

/** Whether the model itself made the difference. */
function isExplained(world: World, drifted: DriftedEvent): boolean {
  if (drifted.kind === 'missing_at_backend') return world.lostEvents.has(keyOf(drifted))
  const { transactionId, operationId } = drifted.event
  if (world.preempted.has(transactionId) || world.foreignIds.has(transactionId)) return true
  return operationId !== null && operationsBeforeRestore(world).has(operationId)
}
