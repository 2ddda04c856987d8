import fc from 'fast-check'
import { attempt } from './attempt.ts'
import { beatCommands } from './lease-commands.ts'
import { checkStanding } from './check-standing.ts'
import { doubtfulCommands } from './doubtful-commands.ts'
import { driftCommands } from './drift-commands.ts'
import { type Plan, planArbitrary } from './plan.ts'
import { anyFault, backgroundFault, placeFault } from './fault-arbitraries.ts'
import { restart } from './restart.ts'
import type { Fault, Process } from './running-process.ts'
import { lateCommands } from './late-commands.ts'
import { limitCommands } from './limit-commands.ts'
import { moveCommands } from './move-commands.ts'
import { restoreCommands } from './restore-commands.ts'
import { targetedCommands } from './targeted-commands.ts'
import { buyImages, letPass, noteBroken } from './happenings.ts'
import { type BackendMode, PERIOD_MS, type World } from './world.ts'

/** The commands of a schedule. The model keeps no state of its own: invariants are checked on the ledger and the history. */
export type Command = fc.AsyncCommand<object, World>

/** Any schedule. */
export const commandsArbitrary = (maxCommands: number, hasShards = false) =>
  fc.commands(
    [
      // Repeated, because fast-check draws every entry with equal probability.
      ...Array.from({ length: 19 }, () => planArbitrary.map(tryCommand)),
      // Rare, because fewer rules about keys and balances can be checked afterwards.
      fc.oneof(
        { weight: 3, arbitrary: planArbitrary.map(tryCommand) },
        { weight: 1, arbitrary: fc.oneof(...restoreCommands(command)) },
        { weight: 1, arbitrary: fc.oneof(...driftCommands(command)) },
      ),
      fc
        .record({ process: which, fault: fc.oneof(anyFault, anyFault, placeFault) })
        .map(armCommand),
      fc.record({ process: which, fault: anyFault }).map(armCommand),
      ...Array.from({ length: 3 }, () =>
        fc.record({ process: which, fault: backgroundFault }).map(sabotageCommand),
      ),
      which.map(crashCommand),
      fc
        .constantFrom(1000, 12_000, 31_000, 36_000, 36_000, 36_000, 4_000_000, 260_000_000)
        .map(advanceCommand),
      fc.constant(null).map(renewCommand),
      which.map((process) => command(`${name(process)} sweeps`, (world) => sweep(world, process))),
      which.map((process) => command(`${name(process)} beats`, (world) => beat(world, process))),
      which.map((process) =>
        command(`${name(process)} delivers`, (world) => deliver(world, process)),
      ),
      which.map((process) =>
        command(`${name(process)} delivers`, (world) => deliver(world, process)),
      ),
      fc.record({ process: which, customer: which }).map(syncCommand),
      fc
        .constantFrom<BackendMode[]>(
          'ok',
          'ok',
          'ok',
          'ok',
          'away',
          'away',
          'unauthorized',
          'refuses',
          'loses the answer',
          'was preempted',
        )
        .map(modeCommand),
      fc.record({ customer: which, amount: fc.integer({ min: 1, max: 4 }) }).map(topUpCommand),
      fc.record({ customer: which, on: fc.boolean() }).map(featureCommand),
      fc
        .record({
          process: which,
          customer: which,
          cap: fc.constantFrom(null, null, 0, 4, 7, 12, 20),
        })
        .map(capCommand),
      ...limitCommands(command),
      ...targetedCommands(command),
      ...beatCommands(command),
      ...doubtfulCommands(command),
      ...lateCommands(command),
      ...(hasShards ? moveCommands(command) : []),
    ],
    { maxCommands, size: 'max' },
  )

const which = fc.constantFrom<(0 | 1)[]>(0, 1)
const name = (process: 0 | 1) => 'AB'[process]

function command(label: string, act: (world: World) => Promise<void> | void): Command {
  return {
    check: () => true,
    toString: () => label,
    run: (_model, world) =>
      world.schedule.command(label, async () => {
        for (const process of world.processes) if (process.isDead()) restart(world, process)
        await act(world)
        await checkStanding(world)
      }),
  }
}

const tryCommand = (plan: Plan) =>
  command(`try ${JSON.stringify(plan)}`, (world) => void attempt(world, plan))

const armCommand = ({ process, fault }: { process: 0 | 1; fault: Fault }) =>
  command(`${name(process)} will be ${fault.kind} ${fault.point} ×${fault.times}`, (world) =>
    world.processes[process].arm({ ...fault }),
  )

/** Arms a fault and runs the process into it. */
const sabotageCommand = ({ process, fault }: { process: 0 | 1; fault: Fault }) =>
  command(`${name(process)} is ${fault.kind} ${fault.point}`, (world) => {
    world.processes[process].arm({ ...fault })
    if (fault.point === 'sweep') sweep(world, process)
    else if (fault.point === 'renew_leases') beat(world, process)
    else if (['claim_customer', 'apply_sync', 'backend.read'].includes(fault.point))
      sync(world, process, process)
    else deliver(world, process)
  })

const crashCommand = (process: 0 | 1) =>
  command(`${name(process)} is killed`, (world) => {
    if (world.history.some((seen) => seen.endedAt === null && seen.worked.length > 0)) {
      world.coverage.reach('fault work killed')
    }
    restart(world, world.processes[process])
  })

const advanceCommand = (ms: number) => command(`${ms} ms pass`, (world) => letPass(world, ms))

/** The billing period ends at once. */
const renewCommand = () =>
  command('the billing period ends', (world) =>
    letPass(world, PERIOD_MS - (world.passed % PERIOD_MS)),
  )

const syncCommand = ({ process, customer }: { process: 0 | 1; customer: 0 | 1 }) =>
  command(`${name(process)} syncs ${customer}`, (world) => sync(world, process, customer))

const modeCommand = (mode: BackendMode) =>
  command(`the backend: ${mode}`, (world) => {
    world.mode = mode
  })

const topUpCommand = ({ customer, amount }: { customer: 0 | 1; amount: number }) =>
  command(`${customer} buys ${amount} images`, (world) => buyImages(world, customer, amount))

const featureCommand = ({ customer, on }: { customer: 0 | 1; on: boolean }) =>
  command(`${customer} ${on ? 'gets' : 'loses'} hd_images`, (world) => {
    const customerId = customer === 0 ? 'ada' : 'bob'
    if (on) world.hadFeature.add(customerId)
    world.backend.setFeatures(customerId, on ? ['hd_images'] : [])
  })

/** A customer caps its images per month, or lifts the cap. */
const capCommand = (said: { process: 0 | 1; customer: 0 | 1; cap: number | null }) =>
  command(`${said.customer} caps images at ${said.cap} through ${name(said.process)}`, (world) => {
    const customer = world.customers[said.customer]
    if (!customer) return
    behind(world, world.processes[said.process], ({ metering }) =>
      metering.setSpendCap(customer, { meter: 'image_generations', cap: said.cap }),
    )
  })

function sweep(world: World, process: 0 | 1): void {
  behind(world, world.processes[process], ({ sweeper }) => sweeper.sweepOnce())
  behind(world, world.processes[process], ({ sweeper }) => sweeper.purgeOnce())
}

function beat(world: World, process: 0 | 1): void {
  behind(world, world.processes[process], ({ heartbeat }) => heartbeat.renew())
}

function deliver(world: World, process: 0 | 1): void {
  behind(world, world.processes[process], ({ relay }) => relay.deliverOnce())
}

function sync(world: World, process: 0 | 1, index: 0 | 1): void {
  const customer = world.customers[index]
  if (customer) behind(world, world.processes[process], ({ metering }) => metering.sync(customer))
}

/** Background work; it may fail, and the next one of its kind retries it. */
function behind(world: World, process: Process, act: (process: Process) => Promise<unknown>): void {
  const running = Promise.race([
    act(process).then(
      () => {},
      (error: unknown) => noteBroken(world, error),
    ),
    process.death,
  ]).then(() => {
    world.running.delete(running)
  })
  world.running.add(running)
}
