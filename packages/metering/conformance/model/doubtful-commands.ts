import fc from 'fast-check'
import { attempt } from './attempt.ts'
import { letPass } from './happenings.ts'
import { type Plan, planArbitrary } from './plan.ts'
import type { MakeCommand } from './targeted-commands.ts'
import { throughAnother } from './through-another.ts'
import type { BackendMode, World } from './world.ts'

/** Longer than the pause after an unacknowledged delivery, shorter than any lease. */
const PAUSE_MS = 2000

/** Sequences with charges that the backend has but never acknowledged, and its response when they are sent again. */
export function doubtfulCommands(
  command: MakeCommand,
): fc.Arbitrary<fc.AsyncCommand<object, World>>[] {
  return [
    fc
      .record({
        plan: planArbitrary,
        answers: fc.constantFrom<BackendMode[]>('refuses', 'refuses', 'away', 'loses the answer'),
      })
      .map((story) =>
        command(
          `charges without an answer, then the backend ${story.answers}: ${JSON.stringify(story.plan)}`,
          (world) => doubt(world, story),
        ),
      ),
  ]
}

async function doubt(
  world: World,
  { plan, answers }: { plan: Plan; answers: BackendMode },
): Promise<void> {
  const customer = world.customers[plan.customer]
  if (!customer) return
  world.mode = 'loses the answer'
  await throughAnother(world, ({ relay }) => relay.deliverOnce().catch(() => {}))
  letPass(world, PAUSE_MS)
  world.mode = answers
  await throughAnother(world, ({ metering }) => metering.sync(customer).catch(() => {}))
  for (const key of [0, 1, 7])
    attempt(world, { ...plan, key, badCost: false, otherInput: false, ending: 'ok', fifths: 5 })
}
