import { INVARIANTS } from '../src/verify/invariants.ts'
import { OPEN_MAX } from './attempt.ts'
import { grantedOf } from './books.ts'
import { type AccountStanding, readStanding } from './store-view.ts'
import { Violation } from './violation.ts'
import type { World } from './world.ts'

/** Checks in one round trip that the books are right at this very moment; not again when no effect has proceeded since. */
export async function checkBooks(world: World): Promise<void> {
  const { broken } = world
  if (broken instanceof Error) {
    const constraint = 'constraint' in broken ? String(broken.constraint) : 'unknown'
    throw new Violation(`guard ${constraint}`, broken.message, null)
  }
  const { steps } = world.schedule
  if (steps() === world.checkedAt) return
  world.checkedAt = steps()
  const { broken: rows, accounts } = await readStanding(world.scratch.database, {
    openMax: OPEN_MAX,
    crashesMax: CRASHES_MAX,
  })
  const first = rows[0]
  if (first) {
    const title = INVARIANTS.find(({ id }) => id === first.id)?.title ?? OURS[first.id] ?? ''
    throw new Violation(first.id, title, rows.slice(0, 3))
  }
  checkNoHope(world, accounts)
}

/** An operation that ended its process so often is parked. */
const CRASHES_MAX = 3

/** What only a model can say, because it knows its policy. */
const OURS: Record<string, string> = {
  I24: 'nothing expires before its lease has run out',
  I27: 'an operation that ends its process is parked after three times',
  I29: 'what is let in blindly is bounded',
  I33: 'nobody sets more aside in a month than they allowed themselves',
  I32: 'no charge is counted twice, or not at all, against a balance that was read',
}

/** An account may say less than the truth for a while, never more: more would be somebody else's money. */
function checkNoHope(world: World, accounts: readonly AccountStanding[]): void {
  for (const account of accounts) {
    const { customerId, meter, charged } = account
    const left = account.synced - account.unsynced
    const truth = grantedOf(world, customerId, meter) - charged
    if (left > truth)
      throw new Violation('I26', 'an account never says more than the truth', {
        customerId,
        meter,
        left,
        truth,
      })
  }
}
