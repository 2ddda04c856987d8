import fc from 'fast-check'
import { faultKinds } from './fault-arbitraries.ts'
import { letPass } from './happenings.ts'
import { type Plan, planArbitrary } from './plan.ts'
import type { Fault } from './running-process.ts'
import { begin, type MakeCommand } from './targeted-commands.ts'
import type { World } from './world.ts'

/** Past the lease. */
const LEASE_EXPIRED_MS = 31_000

/** Sequences with heartbeats: one that fails, and one of a process that runs two attempts of one operation. */
export function beatCommands(command: MakeCommand): fc.Arbitrary<fc.AsyncCommand<object, World>>[] {
  return [
    fc.oneof(
      {
        weight: 3,
        arbitrary: fc
          .record({ plan: planArbitrary, kind: faultKinds })
          .map((story) =>
            command(`${story.kind} renew_leases: ${JSON.stringify(story.plan)}`, (world) =>
              tripBeat(world, story),
            ),
          ),
      },
      {
        weight: 1,
        arbitrary: planArbitrary.map((plan) =>
          command(`takes over from itself: ${JSON.stringify(plan)}`, (world) =>
            takeOverItself(world, plan),
          ),
        ),
      },
    ),
  ]
}

async function tripBeat(
  world: World,
  { plan, kind }: { plan: Plan; kind: Fault['kind'] },
): Promise<void> {
  const { wake, process } = await begin(world, { ...plan, badCost: false })
  process.arm({ point: 'renew_leases', kind, times: 1 })
  await world.schedule.alone(() =>
    Promise.race([process.heartbeat.renew().catch(() => {}), process.death]),
  )
  wake()
}

/** A process cut off for longer than its lease receives the same key again, and sends heartbeats while both attempts run. */
async function takeOverItself(world: World, plan: Plan): Promise<void> {
  const sound = { ...plan, badCost: false, otherInput: false, ending: 'ok' } as const
  const first = await begin(world, sound)
  letPass(world, LEASE_EXPIRED_MS)
  const second = await begin(world, sound, first.process)
  await world.schedule.alone(() => first.process.heartbeat.renew().catch(() => {}))
  first.wake()
  second.wake()
}
