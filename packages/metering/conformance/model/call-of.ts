import { operationKey } from '@tollgate/contract'
import type { BilledCall } from '../../src/metering.ts'
import { askedOf, type Plan, type Shape, SUBJECTS } from './plan.ts'
import type { World } from './world.ts'

/** The key that a plan stands for. */
export function keyOf(plan: Plan): string {
  return `key-of-the-model-${String(plan.key).padStart(4, '0')}`
}

/** The call that a plan makes. */
export function callOf(world: World, plan: Plan, shape: Shape): BilledCall {
  const customer = world.customers[plan.customer]
  if (!customer) throw new Error('There is no such customer.')
  return {
    customer,
    procedure: shape.procedure,
    key: operationKey(keyOf(plan)),
    input: { prompt: plan.otherInput ? 'something else' : 'the same' },
    charges: shape.charges.map((charge) => askedOf(plan, charge)),
    settle: shape.settle,
    feature: shape.feature,
    subjects: SUBJECTS[plan.subjects],
  }
}
