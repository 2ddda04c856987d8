import type { Attempt } from './history.ts'
import type { Plan } from './plan.ts'
import type { World } from './world.ts'

/** Counts the outcome of an attempt. */
export function noteAnswer(world: World, { outcome, plan }: Attempt): void {
  world.coverage.reach(`answer ${outcome}`)
  if (outcome === 'result_gone' && hasAgedOut(world, plan)) {
    world.coverage.reach('key aged out, asked again')
  }
}

/** Whether an operation with the plan's key has aged out. */
function hasAgedOut({ history, aged }: World, { key, customer }: Plan): boolean {
  const ids = new Set(aged.operations.map(({ operationId }) => operationId))
  return history.some(
    ({ plan, operationIds }) =>
      plan.key === key && plan.customer === customer && operationIds.some((id) => ids.has(id)),
  )
}
