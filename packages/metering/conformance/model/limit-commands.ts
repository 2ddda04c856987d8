import fc from 'fast-check'
import { attempt } from './attempt.ts'
import { type Plan, planArbitrary, SUBJECTS } from './plan.ts'
import type { MakeCommand } from './targeted-commands.ts'
import { throughAnother } from './through-another.ts'
import type { World } from './world.ts'

/** Limits of members, API keys and runs: set, lowered, raised and removed while calls are in flight, then applied to the next. */
export function limitCommands(
  command: MakeCommand,
): fc.Arbitrary<fc.AsyncCommand<object, World>>[] {
  return [0, 1].map(() =>
    storyArbitrary.map((story) =>
      command(`a limit: ${JSON.stringify(story)}`, (world) => limitAndTry(world, story)),
    ),
  )
}

type Story = {
  amount: number | null
  period: 'month' | null
  plan: Plan
  subjects: Exclude<Plan['subjects'], 'none'>
  /** The keys of the calls, most of them for one meter. */
  keys: number[]
}

const storyArbitrary: fc.Arbitrary<Story> = fc.record({
  amount: fc.constantFrom(null, 0, 3, 4, 7, 12, 20),
  period: fc.constantFrom('month', null),
  plan: planArbitrary,
  subjects: fc.constantFrom('ada', 'ada key', 'root', 'root child'),
  keys: fc.array(fc.constantFrom(0, 1, 7, 8, 3), { maxLength: 4 }),
})

async function limitAndTry(world: World, story: Story): Promise<void> {
  const { amount, period, plan, subjects, keys } = story
  const customer = world.customers[plan.customer]
  const limited = SUBJECTS[subjects].at(-1)
  if (!customer || !limited) return
  const meter = 'image_generations'
  await throughAnother(world, async ({ metering: { limits } }) => {
    // While the backend is down, a customer may stay unknown and its subjects unlimited.
    const { customerId } = customer
    await (
      amount === null
        ? limits.remove({ customerId, subject: limited, meter })
        : limits.set({ customer, subject: limited, meter, amount, period })
    ).catch(() => {})
  })
  for (const key of keys) attempt(world, { ...plan, key, subjects, badCost: false })
}
