import { OPERATION_KEPT_MS_MIN } from '../../src/policy.ts'
import { letPass } from './happenings.ts'
import { ModelViolation } from './model-violation.ts'
import { readDelivered } from './store-events.ts'
import { readAccounts, readOperations } from './store-view.ts'
import { throughAnother } from './through-another.ts'
import type { World } from './world.ts'

const DAY_MS = 86_400_000

/**
 * Ages out every delivered operation past its retention, in one step, and checks that no balance changes. Skipped while
 * either side has lost data, because comparing and redelivering need the operations that are kept.
 */
export async function ageOut(world: World): Promise<void> {
  if (world.lostEvents.size > 0 || world.lostTimes.length > 0) return
  world.mode = 'ok'
  await throughAnother(world, ({ relay }) => relay.deliverOnce())
  letPass(world, OPERATION_KEPT_MS_MIN + DAY_MS)
  const before = await readKept(world)
  await throughAnother(world, async ({ sweeper }) => {
    await sweeper.purgeOnce()
    while (!(await sweeper.ageOnce()).isRoundOver) continue
  })
  const after = await readKept(world)
  if (before.balances !== after.balances) {
    throw new ModelViolation('I46', 'what ages out changes no balance', {
      before: before.balances,
      after: after.balances,
    })
  }
  const kept = new Set(after.operations.map(({ operationId }) => operationId))
  const aged = before.operations.filter(
    ({ operationId, state }) => state === 'settled' && !kept.has(operationId),
  )
  world.coverage.reach('aged out', aged.length)
  world.aged.operations.push(...aged)
  for (const [key, charge] of before.delivered) {
    if (!after.delivered.has(key)) world.aged.delivered.set(key, charge)
  }
}

async function readKept({ scratch: { everything } }: World) {
  const accounts = await readAccounts(everything)
  return {
    operations: await readOperations(everything),
    delivered: await readDelivered(everything),
    balances: JSON.stringify(accounts.map(({ charged: _charged, ...balance }) => balance)),
  }
}
