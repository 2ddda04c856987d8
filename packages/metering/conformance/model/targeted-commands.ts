import fc from 'fast-check'
import { attempt } from './attempt.ts'
import type { Attempt } from './history.ts'
import { type Plan, planArbitrary } from './plan.ts'
import { faultKinds } from './fault-arbitraries.ts'
import { startProcess } from './process.ts'
import type { Fault, Process } from './running-process.ts'
import { buyImages, letPass } from './happenings.ts'
import { throughAnother } from './through-another.ts'
import type { World } from './world.ts'

/** Past the lease, and past lease and grace. */
const LEASE_EXPIRED_MS = 31_000
const SWEPT_MS = 36_000

type Command = fc.AsyncCommand<object, World>
/** Turns a sequence into a command. */
export type MakeCommand = (label: string, act: (world: World) => Promise<void> | void) => Command

/** Sequences that random schedules produce too rarely: a paused process, a poison key, a fault at one specific step. */
export function targetedCommands(command: MakeCommand): fc.Arbitrary<Command>[] {
  return [
    fc
      .record({ plan: planArbitrary, deaths: fc.integer({ min: 2, max: 3 }), sweeps: fc.boolean() })
      .map((story) =>
        command(
          `${story.deaths} deaths${story.sweeps ? ', each swept,' : ''} of ${JSON.stringify(story.plan)}`,
          (world) => poison(world, story),
        ),
      ),
    ...[0, 1].map(() =>
      fc
        .record({
          plan: planArbitrary,
          meanwhile: fc.constantFrom('nothing', 'sweep', 'take over', 'sweep and spend'),
        })
        .map((story) =>
          command(`asleep, meanwhile ${story.meanwhile}: ${JSON.stringify(story.plan)}`, (world) =>
            sleepwalk(world, story),
          ),
        ),
    ),
    ...[0, 1].map(() =>
      fc
        .record({ plan: planArbitrary, fault: stepFault })
        .map((story) =>
          command(
            `${story.fault.kind} ${story.fault.point}: ${JSON.stringify(story.plan)}`,
            (world) => trip(world, story),
          ),
        ),
    ),
    planArbitrary.map((plan) =>
      command(`an outage longer than a reading lasts: ${JSON.stringify(plan)}`, (world) =>
        outlast(world, plan),
      ),
    ),
    planArbitrary.map((plan) =>
      command(`spends everything, buys, spends again: ${JSON.stringify(plan)}`, (world) =>
        topUp(world, plan),
      ),
    ),
  ]
}

const stepFault = fc.record({
  point: fc.constantFrom(
    'place',
    'settle',
    'release',
    'release',
    'mark_progress',
    'extend_hold',
    'extend_hold',
  ),
  kind: faultKinds,
  times: fc.constantFrom(1, 1, 9),
})

/** The same key crashes one process after another. */
async function poison(
  world: World,
  { plan, deaths, sweeps }: { plan: Plan; deaths: number; sweeps: boolean },
): Promise<void> {
  for (let death = 0; death < deaths; death += 1) {
    const { process } = await begin(world, { ...plan, badCost: false, otherInput: false })
    process.kill()
    letPass(world, sweeps ? SWEPT_MS : LEASE_EXPIRED_MS)
    if (sweeps) await throughAnother(world, ({ sweeper }) => sweeper.sweepOnce())
  }
  attempt(world, { ...plan, badCost: false, otherInput: false })
}

/** A process pauses for longer than its lease and resumes after others have expired its operation. */
async function sleepwalk(
  world: World,
  { plan, meanwhile }: { plan: Plan; meanwhile: string },
): Promise<void> {
  const { wake } = await begin(world, {
    ...plan,
    badCost: false,
    ending: plan.key % 3 === 0 ? 'throw' : 'ok',
  })
  letPass(world, meanwhile === 'take over' ? LEASE_EXPIRED_MS : SWEPT_MS)
  if (meanwhile.startsWith('sweep'))
    await throughAnother(world, ({ sweeper }) => sweeper.sweepOnce())
  const other: Plan = { ...plan, process: plan.process === 0 ? 1 : 0, badCost: false }
  if (meanwhile === 'take over') attempt(world, other)
  if (meanwhile === 'sweep and spend')
    for (const key of [0, 1, 7, 8]) attempt(world, { ...other, key, fifths: 5 })
  wake()
}

/** One attempt with a fault at a specific step. */
function trip(world: World, { plan, fault }: { plan: Plan; fault: Fault }): void {
  world.processes[plan.process].arm({ ...fault })
  const streaming = fault.point === 'mark_progress' || fault.point === 'extend_hold'
  attempt(world, {
    ...plan,
    badCost: false,
    otherInput: false,
    ending: fault.point === 'release' ? 'throw' : 'ok',
    ...(streaming ? { key: plan.key < 7 ? 2 : 9, fifths: 8, reads: 100 } : {}),
  })
}

/** The backend is down for longer than a stale balance is trusted. */
async function outlast(world: World, plan: Plan): Promise<void> {
  world.mode = 'away'
  letPass(world, STALE_MS)
  for (const key of [5, 12, 5, 12])
    attempt(world, { ...plan, key, badCost: false, otherInput: false, ending: 'ok' })
}

const STALE_MS = 4_000_000

/** A balance is used up, credits are bought, and no webhook reports it. */
async function topUp(world: World, plan: Plan): Promise<void> {
  const spend = { ...plan, badCost: false, otherInput: false, ending: 'ok', fifths: 5 } as const
  for (const key of [0, 7, 1]) await begin(world, { ...spend, key }).then(({ wake }) => wake())
  buyImages(world, plan.customer, 5)
  attempt(world, { ...spend, key: 8 })
}

/** Runs an attempt up to its work, or to its end if it never gets there, as one step; in a new process unless one is given. */
export async function begin(
  world: World,
  plan: Plan,
  process = startProcess(world, 'C'),
): Promise<{ seen: Attempt; wake: () => void; ended: Promise<void>; process: Process }> {
  let wake: () => void = () => {}
  const latch = new Promise<void>((resolve) => {
    wake = resolve
  })
  let end: () => void = () => {}
  const ended = new Promise<void>((resolve) => {
    end = resolve
  })
  const seen = await world.schedule.alone(
    () =>
      new Promise<Attempt>((resolve) => {
        const onStep = () => {
          resolve(trying)
          if (trying.endedAt !== null) end()
        }
        const trying = attempt(world, plan, { process, latch, onStep })
      }),
  )
  return { seen, wake, ended, process }
}
