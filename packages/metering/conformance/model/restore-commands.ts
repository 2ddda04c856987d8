import fc from 'fast-check'
import { attempt } from './attempt.ts'
import { backUp, restoreBackup } from './backup.ts'
import { checkRestored } from './check-restored.ts'
import { KEYS, type Plan, planArbitrary } from './plan.ts'
import { begin, type MakeCommand } from './targeted-commands.ts'
import { throughAnother } from './through-another.ts'
import type { World } from './world.ts'

/** Longer than a balance counts as fresh; and longer than it is trusted while the backend is down. */
const RESTORE_MS = [36_000, 36_000, 4_000_000]

type RestoreStory = {
  plan: Plan
  /** Whether the backup includes the hold of the work whose charge is lost. */
  holds: boolean
  /** Whether an earlier backup is used, when there is one. */
  isOld: boolean
  delivers: boolean
  ms: number
  /** Whether both customers are synced and the key is retried before anything else happens. */
  syncs: boolean
  /** What the retry uses, in fifths of the hold; null for the same as before. */
  again: number | null
}

/** Sequences with charges that a restore removes from the store while the backend has them. */
export function restoreCommands(
  command: MakeCommand,
): fc.Arbitrary<fc.AsyncCommand<object, World>>[] {
  return [
    fc
      .record<RestoreStory>({
        plan: planArbitrary,
        holds: fc.boolean(),
        isOld: fc.nat({ max: 3 }).map((drawn) => drawn === 0),
        delivers: fc.nat({ max: 3 }).map((drawn) => drawn > 0),
        ms: fc.constantFrom(...RESTORE_MS),
        syncs: fc.boolean(),
        again: fc.oneof(
          { weight: 3, arbitrary: fc.constant(null) },
          { weight: 1, arbitrary: fc.nat({ max: 8 }) },
        ),
      })
      .map((story) =>
        command(`restored from a backup: ${JSON.stringify(story)}`, (world) =>
          restoreAfterCharges(world, story),
        ),
      ),
  ]
}

/** Work is charged after the backup, or before it but not delivered; then the backup is restored and the keys are retried. */
async function restoreAfterCharges(world: World, story: RestoreStory): Promise<void> {
  const sound = freshPlan(world, story.plan)
  const other = freshPlan(world, { ...sound, key: sound.key + 1, fifths: 5 })
  world.mode = 'ok'
  await finish(world, other)
  const early = story.holds ? await begin(world, sound) : null
  if (!story.isOld || world.backedUpAt === null) await backUp(world)
  const { wake, ended } = early ?? (await begin(world, sound))
  await world.schedule.alone(async () => {
    wake()
    await ended
  })
  await finish(world, freshPlan(world, { ...other, key: other.key + 1 }))
  if (story.delivers) await throughAnother(world, ({ relay }) => relay.deliverOnce())
  await restoreBackup(world, story.ms)
  if (story.syncs) {
    await throughAnother(world, async ({ metering }) => {
      for (const customer of world.customers) await metering.sync(customer)
    })
    await checkRestored(world)
  }
  const retry = { ...sound, fifths: story.again ?? sound.fifths }
  if (story.syncs) await finish(world, retry)
  else attempt(world, retry)
  attempt(world, other)
}

/** The same with an unused key of the customer, if there is one: only new charges can be lost. */
function freshPlan({ history }: World, plan: Plan): Plan {
  const isUsed = (key: number) =>
    history.some((seen) => seen.plan.customer === plan.customer && seen.plan.key === key)
  const keys = Array.from({ length: KEYS }, (_, offset) => (plan.key + offset) % KEYS)
  const key = keys.find((candidate) => !isUsed(candidate)) ?? plan.key % KEYS
  return { ...plan, key, badCost: false, otherInput: false, ending: 'ok' }
}

async function finish(world: World, plan: Plan): Promise<void> {
  const { wake, ended } = await begin(world, { ...plan, steps: 0 })
  await world.schedule.alone(async () => {
    wake()
    await ended
  })
}
