import { INVARIANTS } from '../../src/verify/invariants.ts'
import { guardOf } from './happenings.ts'
import { trueBalance } from './true-balance.ts'
import { readStanding, type Standing } from './store-view.ts'
import { ModelViolation } from './model-violation.ts'
import type { World } from './world.ts'

/** Checks in one round trip that the ledger is right at this very moment; not again when no effect has proceeded since. */
export async function checkStanding(world: World): Promise<void> {
  const { broken } = world
  if (broken instanceof Error)
    throw new ModelViolation(`guard ${guardOf(broken)}`, broken.message, null)
  const [misfit] = world.misfits
  if (misfit) throw new ModelViolation(misfit.id, misfit.title, misfit.details)
  const { steps } = world.schedule
  if (steps() === world.checkedAt) return
  world.checkedAt = steps()
  const standing = await readStanding(world.scratch.everything, { crashesMax: CRASHES_MAX })
  // When a period has ended, or one side has lost charges, what was read before is no measure any more.
  const isMeasure = world.renewals.length === 0 && world.outdatedSince.size === 0
  const isMoving = world.move !== null
  const rows = standing.broken.filter(
    // Rows of a bucket that moves are for a while where they are not owned.
    ({ id }) => (id !== 'I32' || isMeasure) && (id !== 'I1' || !isMoving),
  )
  const first = rows[0]
  if (first) {
    const title = INVARIANTS.find(({ id }) => id === first.id)?.title ?? OURS[first.id] ?? ''
    throw new ModelViolation(first.id, title, rows.slice(0, 3))
  }
  checkNeverOverstated(world, standing)
}

/** An operation that ended its process so often is parked. */
const CRASHES_MAX = 3

/** What only a model can say, because it knows its policy. */
const OURS: Record<string, string> = {
  I24: 'nothing expires before its lease has run out',
  I27: 'an operation that ends its process is parked after three times',
  I33: 'no subject holds more than its limit allows',
  I32: 'no charge is counted twice, or not at all, against a balance that was read',
}

/** An account may say less than the truth for a while, never more: more would be another customer's money. */
function checkNeverOverstated(world: World, { accounts, undelivered }: Standing): void {
  for (const account of accounts) {
    const { customerId, meter, syncedAt } = account
    if ((syncedAt ?? -Infinity) < (world.outdatedSince.get(customerId) ?? -Infinity)) continue
    const left = account.synced - account.unsynced
    const truth = trueBalance(world, account, undelivered)
    if (left > truth)
      throw new ModelViolation('I26', 'an account never says more than the truth', {
        customerId,
        meter,
        left,
        truth,
      })
  }
}
