import type fc from 'fast-check'
import { attempt } from './attempt.ts'
import { letPass } from './happenings.ts'
import { type Plan, planArbitrary } from './plan.ts'
import { startProcess } from './process.ts'
import type { MakeCommand } from './targeted-commands.ts'
import type { World } from './world.ts'

/** Longer than a result is kept. */
const EXPIRED_MS = 260_000_000

/** Stories of answers that reach their caller long after they were stored. */
export function lateCommands(command: MakeCommand): fc.Arbitrary<fc.AsyncCommand<object, World>>[] {
  return [
    planArbitrary.map((plan) =>
      command(`a charge is acknowledged after days: ${JSON.stringify(plan)}`, (world) =>
        acknowledgeLate(world, plan),
      ),
    ),
  ]
}

/** A charge is committed, its acknowledgement is lost, and the process asks again when the result has expired. */
export async function acknowledgeLate(world: World, plan: Plan): Promise<void> {
  const process = startProcess(world, 'C')
  const sound: Plan = { ...plan, key: plan.key < 7 ? 0 : 7, ...SOUND }
  await world.schedule.alone(
    () =>
      new Promise<void>((resolve) => {
        process.arm({ point: 'settle_operations', kind: 'cut after', times: 1, met: resolve })
        const trying = attempt(world, sound, {
          process,
          onStep: () => trying.endedAt === null || resolve(),
        })
      }),
  )
  letPass(world, EXPIRED_MS)
  attempt(world, sound)
}

const SOUND = { badCost: false, otherInput: false, ending: 'ok' } as const
