import fc from 'fast-check'
import { ageOut } from './age-out.ts'
import { attempt } from './attempt.ts'
import { letPass } from './happenings.ts'
import { type Plan, planArbitrary } from './plan.ts'
import { startProcess } from './process.ts'
import { begin, type MakeCommand } from './targeted-commands.ts'
import { throughAnother } from './through-another.ts'
import type { World } from './world.ts'

/** Longer than a result is kept. */
const EXPIRED_MS = 260_000_000
const DAY_MS = 86_400_000

/** Sequences in which a response reaches its caller, or an operation ends, long after it began. */
export function lateCommands(command: MakeCommand): fc.Arbitrary<fc.AsyncCommand<object, World>>[] {
  return [
    planArbitrary.map((plan) =>
      command(`a month ends where the session is: ${JSON.stringify(plan)}`, (world) =>
        spendAcrossMonths(world, plan),
      ),
    ),
    fc.oneof(
      {
        weight: 4,
        arbitrary: planArbitrary.map((plan) =>
          command(`a charge is acknowledged after days: ${JSON.stringify(plan)}`, (world) =>
            acknowledgeLate(world, plan),
          ),
        ),
      },
      // Rare, because it purges the keys that were answered before it.
      {
        weight: 1,
        arbitrary: planArbitrary.map((plan) =>
          command(`work takes four weeks: ${JSON.stringify(plan)}`, (world) =>
            workForWeeks(world, plan),
          ),
        ),
      },
    ),
  ]
}

/** A charge is committed, its acknowledgement is lost, and the process retries after the result has expired. */
export async function acknowledgeLate(world: World, plan: Plan): Promise<void> {
  const process = startProcess(world, 'C')
  const sound = soundPlan(plan)
  await world.schedule.alone(
    () =>
      new Promise<void>((resolve) => {
        process.arm({ point: 'settle', kind: 'cut after', times: 1, met: resolve })
        const trying = attempt(world, sound, {
          process,
          onStep: () => trying.endedAt === null || resolve(),
        })
      }),
  )
  letPass(world, EXPIRED_MS)
  attempt(world, sound)
}

/** An operation ends shortly before its key's retention would; the key is reused two days later, or once it has aged out. */
async function workForWeeks(world: World, plan: Plan): Promise<void> {
  const sound = soundPlan(plan)
  const { wake, ended } = await begin(world, { ...sound, steps: 0 })
  letPass(world, 29 * DAY_MS)
  await world.schedule.alone(async () => {
    wake()
    await ended
  })
  letPass(world, 2 * DAY_MS)
  await throughAnother(world, ({ sweeper }) => sweeper.purgeOnce())
  if (plan.steps > 0) await ageOut(world)
  attempt(world, sound)
}

/** A cap is spent, a minute passes in which a month may end in some time zone, and more is requested. */
async function spendAcrossMonths(world: World, plan: Plan): Promise<void> {
  const customer = world.customers[plan.customer]
  if (!customer) return
  const cap = { meter: 'image_generations', cap: 4 } as const
  const sound = { ...soundPlan(plan), steps: 0 }
  await throughAnother(world, async ({ metering }) => {
    await metering.setSpendCap(customer, cap).catch(() => {})
  })
  const { wake, ended } = await begin(world, { ...sound, key: 0 })
  await world.schedule.alone(async () => {
    wake()
    await ended
  })
  letPass(world, 61_000)
  attempt(world, { ...sound, key: 7 })
}

/** Unary work that succeeds at a cost known in advance. */
function soundPlan(plan: Plan): Plan {
  return { ...plan, key: plan.key < 7 ? 0 : 7, badCost: false, otherInput: false, ending: 'ok' }
}
