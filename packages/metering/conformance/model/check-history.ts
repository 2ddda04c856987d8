import { checkPromise, checkRefusal, checkStream } from './check-attempt.ts'
import { checkCosts } from './check-costs.ts'
import { checkTotals } from './check-totals.ts'
import { checkChargedOnce, scopeOfAttempt } from './check-restored.ts'
import type { Attempt, SettledOperation } from './history.ts'
import { isLost } from './lost-time.ts'
import { shapeOf } from './plan.ts'
import { readOperations } from './store-view.ts'
import { ModelViolation } from './model-violation.ts'
import type { World } from './world.ts'

/** Compares what every client saw with the ledger and the backend, once everything is at rest. */
export async function checkHistory(world: World): Promise<void> {
  const operations = await readEveryOperation(world)
  checkChargedOnce(world, operations)
  await checkTotals(world)
  await checkCosts(world)
  const settled = operations.filter(({ state }) => state === 'settled')
  for (const [scope, all] of byScope(world)) {
    // A restore voids every promise about what it removed; the backend may still have it.
    const attempts = all.filter((seen) => !isLost(world, seen))
    const operation = settled.find((candidate) => candidate.scope === scope)
    for (const attempt of attempts) {
      const own = settled.find(({ operationId }) => attempt.operationIds.includes(operationId))
      checkStream(attempt, own ?? operation)
    }
    checkKept(world, attempts, settled)
    checkWork(scope, attempts, all)
    if (mayBeForgotten(world, all)) continue
    checkAnswers(scope, attempts, operation)
    checkFailures(scope, all, operation)
    checkKey(world, scope, attempts)
  }
  for (const attempt of world.history) {
    checkRefusal(world, attempt)
    checkPromise(world, attempt)
  }
}

/** Every operation, including those that have aged out. */
async function readEveryOperation({ scratch, aged }: World): Promise<SettledOperation[]> {
  const kept = await readOperations(scratch.everything)
  const ids = new Set(kept.map(({ operationId }) => operationId))
  return [...kept, ...aged.operations.filter(({ operationId }) => !ids.has(operationId))]
}

/** A key's retention starts when its operation is charged, not when the operation begins. */
function checkKept(
  world: World,
  attempts: readonly Attempt[],
  settled: readonly SettledOperation[],
): void {
  for (const { receipt } of attempts) {
    if (!receipt || world.passed >= passedAt(world, receipt.at) + KEY_KEPT_MS) continue
    const operation = settled.find(({ operationId }) => operationId === receipt.operationId)
    if (operation?.scope === null)
      throw new ModelViolation('I35', 'a key is kept for its time from its charge', { receipt })
  }
}

/** After its retention a key may count as new, and no longer finds its earlier operation. */
function mayBeForgotten(world: World, attempts: readonly Attempt[]): boolean {
  return world.passed - Math.min(...attempts.map(({ beganPassed }) => beganPassed)) >= KEY_KEPT_MS
}

/** Keys are kept for 30 days. */
const KEY_KEPT_MS = 30 * 86_400_000

function byScope(world: World): Map<string, Attempt[]> {
  const scopes = new Map<string, Attempt[]>()
  for (const attempt of world.history) {
    const scope = scopeOfAttempt(world, attempt)
    scopes.set(scope, [...(scopes.get(scope) ?? []), attempt])
  }
  return scopes
}

function checkAnswers(
  scope: string,
  attempts: Attempt[],
  operation: SettledOperation | undefined,
): void {
  const answered = attempts.filter(
    ({ outcome }) =>
      outcome === 'answered' || outcome === 'replayed' || outcome === 'stopped short',
  )
  if (answered.length > 0 && !operation)
    throw new ModelViolation('I9', 'no result is free', { scope, answered })
  const outputs = new Set(
    answered.map(({ output, plan }) => (plan.reads < 100 && shapeOf(plan).stream ? null : output)),
  )
  outputs.delete(null)
  if (outputs.size > 1)
    throw new ModelViolation('I8', 'every answer to a key is the same', {
      scope,
      outputs: [...outputs],
    })
  for (const { receipt } of answered) {
    const reported = Object.fromEntries(
      (receipt?.charges ?? []).map(({ meter, amount }) => [meter, amount]),
    )
    if (
      operation &&
      JSON.stringify(sorted(reported)) !== JSON.stringify(sorted(operation.charges))
    ) {
      throw new ModelViolation('I8', 'a receipt says what was charged', {
        scope,
        reported,
        charged: operation.charges,
      })
    }
  }
}

function checkFailures(
  scope: string,
  attempts: Attempt[],
  operation: SettledOperation | undefined,
): void {
  const definite = attempts.every(
    ({ outcome, emitted }) => emitted === 0 && outcome !== null && NOT_CHARGED.has(outcome),
  )
  if (definite && operation)
    throw new ModelViolation('I10', 'what failed is not charged', { scope, attempts, operation })
}

/** Responses after which a client that receives no other is certain not to have been charged. */
const NOT_CHARGED = new Set([
  'insufficient_credits',
  'spend_cap',
  'limit',
  'not_in_plan',
  'key_reused',
  'COST_INVALID',
  'RESULT_TOO_LARGE',
  'OPERATION_POISONED',
  'billing_unavailable',
  'hold_expired',
  'work failed',
])

/** Once a key is answered, its work never runs again, however much later. */
function checkWork(scope: string, attempts: Attempt[], all: Attempt[]): void {
  const answeredAt = Math.min(
    ...attempts
      .filter(({ outcome }) => outcome === 'answered')
      .map(({ endedAt }) => endedAt ?? Infinity),
  )
  const again = all.filter(({ worked }) => worked.some((turn) => turn > answeredAt))
  if (again.length > 0)
    throw new ModelViolation('I11', 'the same key never runs the work twice', { scope, again })
}

/** A key answers only one input, and its result is kept for the retention period. */
function checkKey(world: World, scope: string, attempts: Attempt[]): void {
  const answered = attempts.filter(
    ({ outcome }) => outcome === 'answered' || outcome === 'replayed',
  )
  if (new Set(answered.map(({ plan }) => plan.otherInput)).size > 1) {
    throw new ModelViolation('I25', 'a key never answers other input', { scope, answered })
  }
  const first = answered.find(({ receipt }) => receipt !== null)
  if (!first?.receipt || shapeOf(first.plan).stream) return
  // Counted from the charge, not from its acknowledgement, which may be lost for longer than a result is kept.
  const keptUntil = passedAt(world, first.receipt.at) + KEPT_MS
  const gone = attempts.find(
    ({ outcome, passed }) => outcome === 'result_gone' && passed < keptUntil,
  )
  if (gone)
    throw new ModelViolation('I30', 'an answer is kept for its time', { scope, first, gone })
}

/** How far the database's clock had been moved at an instant, in whole seconds: statements advance it by less than one. */
function passedAt({ start }: World, instant: string): number {
  return Math.floor((Date.parse(instant) - start.at) / 1000) * 1000
}

/** Results are kept for 72 hours. */
const KEPT_MS = 72 * 3_600_000

function sorted(object: Record<string, number>): Record<string, number> {
  return Object.fromEntries(Object.entries(object).toSorted(([a], [b]) => a.localeCompare(b)))
}
