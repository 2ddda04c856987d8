import { grantedOf } from './books.ts'
import { Violation } from './violation.ts'
import type { World } from './world.ts'

/** Compares what all of it together came to: the backend's events, the accounts at rest, what was spent of what was granted. */
export async function checkTotals(world: World): Promise<void> {
  await checkSink(world)
  await checkAccounts(world)
  await checkNoOverspend(world)
}

async function checkSink(world: World): Promise<void> {
  const rows = await world.scratch.database.query<{ key: string; amount: number }>({
    text: `select transaction_id || ' ' || meter as key, amount from metering.usage_event where state = 'delivered'`,
  })
  const ours = new Map(rows.map(({ key, amount }) => [key, amount]))
  const theirs = new Map(
    [...world.backend.events]
      .filter(([, event]) => !world.preempted.has(event.transactionId))
      .map(([key, event]) => [key, Number(event.amount)]),
  )
  const differing = [...new Set([...ours.keys(), ...theirs.keys()])].filter(
    (key) => ours.get(key) !== theirs.get(key),
  )
  if (differing.length > 0)
    throw new Violation('I7', 'the backend has exactly our events', differing)
}

async function checkAccounts(world: World): Promise<void> {
  const rows = await world.scratch.database.query<{
    customer_id: string
    meter: 'ai_tokens'
    synced_balance: number
    held: number
  }>({
    text: 'select customer_id, meter, synced_balance, held from metering.account',
  })
  for (const { customer_id: customerId, meter, synced_balance: synced, held } of rows) {
    const theirs = world.backend.availableOf(customerId, meter)
    if (synced !== theirs || held !== 0) {
      throw new Violation('I21', 'an account at rest says what the backend says', {
        customerId,
        meter,
        synced,
        theirs,
        held,
      })
    }
  }
}

async function checkNoOverspend(world: World): Promise<void> {
  const rows = await world.scratch.database.query<{
    customer_id: string
    meter: 'ai_tokens'
    charged: number
  }>({
    text: `select h.customer_id, h.meter, sum(h.charged) filter (where not o.degraded) as charged
      from metering.hold h join metering.operation o using (customer_id, operation_id) where h.state = 'charged' group by 1, 2`,
  })
  for (const { customer_id: customerId, meter, charged } of rows) {
    const granted = grantedOf(world, customerId, meter)
    if (Number(charged) > granted)
      throw new Violation('I12', 'nobody spends more than was granted', {
        customerId,
        meter,
        charged,
        granted,
      })
  }
}
