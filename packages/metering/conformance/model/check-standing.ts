import { INVARIANTS } from '../../src/verify/invariants.ts'
import { guardOf } from './happenings.ts'
import { trueBalance } from './true-balance.ts'
import { readStanding, type Standing } from './store-view.ts'
import { ModelViolation } from './model-violation.ts'
import type { World } from './world.ts'

/** Checks every invariant of the ledger in one round trip; skipped when no effect has proceeded since the last check. */
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
  // A reading from before the end of a period or a loss of charges is outdated.
  const isMeasure = world.renewals.length === 0 && world.outdatedSince.size === 0
  const isMoving = world.move !== null
  const rows = standing.broken.filter(
    // During a move, rows of the bucket are temporarily on a shard that does not own it.
    ({ id }) => (id !== 'I32' || isMeasure) && (id !== 'I1' || !isMoving),
  )
  const first = rows[0]
  if (first) {
    const title = INVARIANTS.find(({ id }) => id === first.id)?.title ?? OURS[first.id] ?? ''
    throw new ModelViolation(first.id, title, rows.slice(0, 3))
  }
  checkNeverOverstated(world, standing)
}

/** An operation that crashed this many processes is parked. */
const CRASHES_MAX = 3

/** Invariants that only the model can check, because it knows the policy. */
const OURS: Record<string, string> = {
  I24: 'nothing expires before its lease has run out',
  I27: 'an operation that ends its process is parked after three times',
  I33: 'no subject holds more than its limit allows',
  I32: 'no charge is counted twice, or not at all, against a balance that was read',
}

/** An account may temporarily show too little, never too much: the difference would be another customer's money. */
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
