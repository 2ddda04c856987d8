import { credits, transactionId } from '@tollgate/contract'
import fc from 'fast-check'
import { attempt } from './attempt.ts'
import { outdate } from './backup.ts'
import { checkDrift } from './check-drift.ts'
import { letPass } from './happenings.ts'
import { type Plan, planArbitrary } from './plan.ts'
import { redeliverLost } from './redeliver-lost.ts'
import { readDelivered } from './store-events.ts'
import type { MakeCommand } from './targeted-commands.ts'
import { throughAnother } from './through-another.ts'
import type { World } from './world.ts'

type DriftStory = {
  plan: Plan
  /** How many delivered events the backend loses, and from which one on. */
  losses: number
  from: number
  /** How many events another program records. */
  foreign: number
  pageSize: number
  syncs: boolean
  redelivers: boolean
}

/** Sequences with events that only one side has, and an operator who compares both. */
export function driftCommands(
  command: MakeCommand,
): fc.Arbitrary<fc.AsyncCommand<object, World>>[] {
  return [
    fc
      .record<DriftStory>({
        plan: planArbitrary,
        losses: fc.nat({ max: 3 }),
        from: fc.nat({ max: 20 }),
        foreign: fc.nat({ max: 2 }),
        pageSize: fc.constantFrom(1, 2, 3, 1000),
        syncs: fc.boolean(),
        redelivers: fc.boolean(),
      })
      .map((story) =>
        command(`both sides are compared: ${JSON.stringify(story)}`, (world) =>
          compareAfterLosses(world, story),
        ),
      ),
  ]
}

async function compareAfterLosses(world: World, story: DriftStory): Promise<void> {
  world.mode = 'ok'
  await throughAnother(world, ({ relay }) => relay.deliverOnce())
  await loseEvents(world, story)
  for (let times = 0; times < story.foreign; times += 1) recordForeign(world, story.plan)
  letPass(world, 1000)
  outdate(world)
  const found = await checkDrift(world, story.pageSize)
  if (story.syncs) {
    const customer = world.customers[story.plan.customer]
    if (customer)
      await throughAnother(world, ({ metering }) => metering.sync(customer).catch(() => {}))
    attempt(world, { ...story.plan, badCost: false, otherInput: false, ending: 'ok' })
  }
  if (story.redelivers) await redeliverLost(world, found)
}

/** The backend loses events that it has acknowledged. */
async function loseEvents(world: World, { losses, from }: DriftStory): Promise<void> {
  const { events } = world.backend
  const delivered = await readDelivered(world.scratch.everything)
  const there = [...delivered.keys()].filter((key) => events.has(key))
  for (let times = 0; times < Math.min(losses, there.length); times += 1) {
    const key = there[(from + times) % there.length] ?? ''
    const event = events.get(key)
    if (!event) continue
    events.delete(key)
    world.losses.push(world.turn)
    world.lostEvents.set(key, event)
    world.lostCredits.push(event)
  }
}

/** Another program records usage with the key of our backend. */
function recordForeign(world: World, { customer }: Plan): void {
  const id = transactionId(`foreign_${++world.ids}`)
  const of = world.customers[customer]
  if (!of) return
  const meter: string = 'image_generations'
  world.foreignIds.add(id)
  world.backend.events.set(`${id} ${meter}`, {
    transactionId: id,
    customerId: of.customerId,
    subscriptionId: `sub_${of.customerId}`,
    meter,
    amount: credits(1),
    occurredAt: Date.parse(world.instant()),
    operationId: '',
  })
}
