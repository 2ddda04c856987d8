import type { MeterCharge } from '../../src/metering.ts'
import type { Attempt, SettledOperation } from './history.ts'
import { leastOf, shapeOf } from './plan.ts'
import { WATERMARK_CREDITS } from './process.ts'
import { ModelViolation } from './model-violation.ts'
import type { World } from './world.ts'

/** Checks what one attempt alone can show: only typed errors, the agreed price, the plan and the lease respected. */
export function checkPromise(world: World, attempt: Attempt): void {
  const { outcome, plan, receipt, beganAt, endedAt, worked } = attempt
  const shape = shapeOf(plan)
  const customerId = world.customers[plan.customer]?.customerId ?? ''
  if (outcome?.startsWith('bare'))
    throw new ModelViolation('I31', 'no bare error reaches a caller', attempt)
  if (outcome === 'answered' && shape.feature && !world.hadFeature.has(customerId)) {
    throw new ModelViolation('I28', 'no call passes what the plan includes', attempt)
  }
  const wasExpired = world.lapses.some((turn) => turn >= beganAt && turn <= (endedAt ?? Infinity))
  if (outcome === 'hold_expired' && !wasExpired) {
    throw new ModelViolation('I23', 'no attempt that kept its lease loses its hold', attempt)
  }
  checkRequired(attempt)
  if (worked.length === 0 || !receipt || receipt.replayed) return
  if (shape.stream) checkPieces(attempt)
  if (outcome !== 'answered' || shape.stream) return
  for (const { meter, hold: wanted } of shape.charges) {
    const hold = attempt.holds[meter] ?? wanted
    const used = shape.settle === 'hold' ? hold : Math.floor((hold * plan.fifths) / 5)
    const charged = receipt.charges.find((charge) => charge.meter === meter)?.amount ?? 0
    const left = receipt.balances.find((balance) => balance.meter === meter)?.remaining ?? 0
    // Usage beyond the hold takes the whole balance, unless the customer's spend cap prevents it.
    const isAll = charged >= hold && charged < used && (left === 0 || meter === CAPPED)
    if (charged !== used && !isAll) {
      throw new ModelViolation('I17', 'what is charged is what was agreed', {
        attempt,
        meter,
        used,
        charged,
      })
    }
  }
}

/** A refusal states the least that the call needs, and a smaller amount that is left. */
function checkRequired({ plan, refusal }: Attempt): void {
  if (!refusal) return
  const charge = shapeOf(plan).charges.find(({ meter }) => meter === refusal.meter)
  const least = charge && (leastOf(plan, charge) ?? charge.hold)
  if (refusal.required !== least || refusal.left >= least) {
    throw new ModelViolation('I45', 'a call is refused only below what it begins with', {
      plan,
      refusal,
      least,
    })
  }
}

/** A stream costs exactly the chunks that its caller received, whether one by one or all at once. */
function checkPieces(attempt: Attempt): void {
  const { outcome, plan, receipt, emitted } = attempt
  if (emitted === 0 || (outcome !== 'answered' && outcome !== 'stopped short')) return
  const { charges, settle } = shapeOf(plan)
  const charged = receipt?.charges.reduce((sum, { amount }) => sum + amount, 0)
  if (charged !== (settle === 'hold' ? charges[0]?.hold : emitted)) {
    throw new ModelViolation('I17', 'a stream costs the pieces that were handed over', { attempt })
  }
}

/** The meter that customers of the model cap. */
const CAPPED = 'image_generations'

/** Every chunk a reader received is charged, except for the last few credits of a killed process; never more than that. */
export function checkStream(attempt: Attempt, operation: SettledOperation | undefined): void {
  const shape = shapeOf(attempt.plan)
  if (!shape.stream || attempt.emitted === 0) return
  const chunk =
    shape.settle === 'reported' ? (shape.charges[0]?.hold ?? 0) / 5 : (shape.charges[0]?.hold ?? 0)
  const free = WATERMARK_CREDITS + chunk * 2
  const charged = operation?.charges[shape.charges[0]?.meter ?? ''] ?? 0
  if (attempt.emitted > charged + free) {
    throw new ModelViolation('I9', 'what a stream handed on was charged', {
      attempt,
      charged,
      free,
    })
  }
  if (
    attempt.outcome === 'aborted' &&
    attempt.worked.length > 0 &&
    attempt.emitted > charged + chunk &&
    operation
  ) {
    throw new ModelViolation('I9', 'hanging up does not make a stream free', { attempt, charged })
  }
}

/**
 * A call refused for insufficient credits lacked them when it asked, by an independent count, whatever was failing:
 * an uncertain balance is no reason to refuse. Excluded are calls during which credits were bought or returned, and ids that
 * another client used first.
 */
export function checkRefusal(world: World, attempt: Attempt): void {
  const { outcome, beganAt, endedAt, plan } = attempt
  if (outcome !== 'insufficient_credits' || endedAt === null) return
  const changes = [...world.topUps, ...world.renewals, ...world.losses]
  if (changes.some((turn) => turn >= beganAt && turn <= endedAt)) return
  const customerId = world.customers[plan.customer]?.customerId
  const events = [...world.backend.events.values()]
  if (
    events.some(
      (event) => event.customerId === customerId && world.preempted.has(event.transactionId),
    )
  )
    return
  const { charges } = shapeOf(plan)
  const least = (charge: MeterCharge) => leastOf(plan, charge) ?? charge.hold
  const isAskedBy = (charge: MeterCharge, { required }: { required: number }) =>
    required === charge.hold || required === least(charge)
  const asked = world.refusals.filter(
    (refusal) =>
      refusal.process === attempt.process &&
      refusal.customerId === customerId &&
      charges.some((charge) => charge.meter === refusal.meter && isAskedBy(charge, refusal)) &&
      refusal.turn > beganAt &&
      refusal.turn <= endedAt,
  )
  const hadCredits = ({ meter, left, isOvertaken }: (typeof asked)[number]) =>
    charges.some((charge) => charge.meter === meter && left >= least(charge)) && !isOvertaken
  if (asked.length > 0 && asked.every(hadCredits)) {
    throw new ModelViolation('I13', 'no call that has the credits is refused', { attempt, asked })
  }
}
