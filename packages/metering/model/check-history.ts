import type { Attempt } from './history.ts'
import { keyOf } from './attempt.ts'
import { grantedOf } from './books.ts'
import { shapeOf } from './plan.ts'
import { WATERMARK_CREDITS } from './process.ts'
import { Violation } from './violation.ts'
import type { World } from './world.ts'
import { digest } from '../src/keys/digest.ts'

/** Compares what every client saw with what the books and the backend say, once everything is at rest. */
export async function checkHistory(world: World): Promise<void> {
  const operations = await readOperations(world)
  await checkSink(world)
  await checkAccounts(world)
  await checkNoOverspend(world)
  for (const [scope, attempts] of byScope(world)) {
    const settled = operations.filter(
      (operation) => operation.scope === scope && operation.state === 'settled',
    )
    const [operation] = settled
    checkAnswers(scope, attempts, operation)
    checkWork(scope, attempts)
    checkKey(scope, attempts)
    for (const attempt of attempts) checkStream(attempt, operation)
  }
  for (const attempt of world.history) {
    checkRefusal(world, attempt)
    checkPromise(world, attempt)
  }
}

type SettledOperation = {
  scope: string
  operationId: string
  state: string
  charges: Record<string, number>
}

async function readOperations(world: World): Promise<SettledOperation[]> {
  const rows = await world.scratch.database.query<{ operations: SettledOperation[] | null }>({
    text: `select jsonb_agg(jsonb_build_object('scope', o.customer_id || ' ' || o.procedure || ' ' || o.key_hash,
        'operationId', o.operation_id, 'state', o.state,
        'charges', (select jsonb_object_agg(e.meter, e.amount) from metering.usage_event e
                    where e.customer_id = o.customer_id and e.operation_id = o.operation_id))) as operations
      from metering.operation o where o.key_hash is not null`,
  })
  return (rows[0]?.operations ?? []).map((operation) => ({
    ...operation,
    charges: operation.charges ?? {},
  }))
}

function byScope(world: World): Map<string, Attempt[]> {
  const scopes = new Map<string, Attempt[]>()
  for (const attempt of world.history) {
    const { plan } = attempt
    const customer = world.customers[plan.customer]?.customerId
    const scope = `${customer} ${shapeOf(plan).procedure} ${digest(keyOf(plan))}`
    scopes.set(scope, [...(scopes.get(scope) ?? []), attempt])
  }
  return scopes
}

async function checkSink(world: World): Promise<void> {
  const rows = await world.scratch.database.query<{ key: string; amount: number }>({
    text: `select transaction_id || ' ' || meter as key, amount from metering.usage_event where state = 'delivered'`,
  })
  const ours = new Map(rows.map(({ key, amount }) => [key, amount]))
  const theirs = new Map(
    [...world.backend.events]
      .filter(([, event]) => !world.preempted.has(event.transactionId))
      .map(([key, event]) => [key, Number(event.amount)]),
  )
  const differing = [...new Set([...ours.keys(), ...theirs.keys()])].filter(
    (key) => ours.get(key) !== theirs.get(key),
  )
  if (differing.length > 0)
    throw new Violation('I7', 'the backend has exactly our events', differing)
}

async function checkAccounts(world: World): Promise<void> {
  const rows = await world.scratch.database.query<{
    customer_id: string
    meter: 'ai_tokens'
    synced_balance: number
    held: number
  }>({
    text: 'select customer_id, meter, synced_balance, held from metering.account',
  })
  for (const { customer_id: customerId, meter, synced_balance: synced, held } of rows) {
    const theirs = world.backend.availableOf(customerId, meter)
    if (synced !== theirs || held !== 0) {
      throw new Violation('I21', 'an account at rest says what the backend says', {
        customerId,
        meter,
        synced,
        theirs,
        held,
      })
    }
  }
}

async function checkNoOverspend(world: World): Promise<void> {
  const rows = await world.scratch.database.query<{
    customer_id: string
    meter: 'ai_tokens'
    charged: number
  }>({
    text: `select h.customer_id, h.meter, sum(h.charged) filter (where not o.degraded) as charged
      from metering.hold h join metering.operation o using (customer_id, operation_id) where h.state = 'charged' group by 1, 2`,
  })
  for (const { customer_id: customerId, meter, charged } of rows) {
    const granted = grantedOf(world, customerId, meter)
    if (Number(charged) > granted)
      throw new Violation('I12', 'nobody spends more than was granted', {
        customerId,
        meter,
        charged,
        granted,
      })
  }
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
    throw new Violation('I9', 'no result is free', { scope, answered })
  const outputs = new Set(
    answered.map(({ output, plan }) => (plan.reads < 100 && shapeOf(plan).stream ? null : output)),
  )
  outputs.delete(null)
  if (outputs.size > 1)
    throw new Violation('I8', 'every answer to a key is the same', { scope, outputs: [...outputs] })
  for (const { receipt } of answered) {
    const told = Object.fromEntries(
      (receipt?.charges ?? []).map(({ meter, amount }) => [meter, amount]),
    )
    if (operation && JSON.stringify(sorted(told)) !== JSON.stringify(sorted(operation.charges))) {
      throw new Violation('I8', 'a receipt says what was charged', {
        scope,
        told,
        charged: operation.charges,
      })
    }
  }
  const definite = attempts.every(
    ({ outcome, emitted }) => emitted === 0 && outcome !== null && NOT_CHARGED.has(outcome),
  )
  if (definite && operation)
    throw new Violation('I10', 'nobody is charged for what failed', { scope, attempts, operation })
}

/** Answers after which a client may be sure that it was not charged, when it never hears another. */
const NOT_CHARGED = new Set([
  'exhausted',
  'not_in_plan',
  'key_reused',
  'COST_INVALID',
  'RESULT_TOO_LARGE',
  'OPERATION_POISONED',
  'billing_unavailable',
  'hold_expired',
  'work failed',
])

/** Once a key was answered, its work is never begun again. */
function checkWork(scope: string, attempts: Attempt[]): void {
  const answeredAt = Math.min(
    ...attempts
      .filter(({ outcome }) => outcome === 'answered')
      .map(({ endedAt }) => endedAt ?? Infinity),
  )
  const again = attempts.filter(({ worked }) => worked.some((turn) => turn > answeredAt))
  if (again.length > 0)
    throw new Violation('I11', 'the same key never runs the work twice', { scope, again })
}

/** A key answers one input only, and keeps its answer for its time. */
function checkKey(scope: string, attempts: Attempt[]): void {
  const answered = attempts.filter(
    ({ outcome }) => outcome === 'answered' || outcome === 'replayed',
  )
  if (new Set(answered.map(({ plan }) => plan.otherInput)).size > 1) {
    throw new Violation('I25', 'a key never answers other input', { scope, answered })
  }
  const first = answered[0]
  if (!first || shapeOf(first.plan).stream) return
  const gone = attempts.find(
    ({ outcome, passed }) => outcome === 'result_gone' && passed - first.passed < KEPT_MS,
  )
  if (gone) throw new Violation('I30', 'an answer is kept for its time', { scope, first, gone })
}

/** Results are kept for 72 hours. */
const KEPT_MS = 72 * 3_600_000

/** What one try alone can show: no bare errors, the price as agreed, the plan respected, the lease honoured. */
function checkPromise(world: World, attempt: Attempt): void {
  const { outcome, plan, receipt, beganAt, endedAt, worked } = attempt
  const shape = shapeOf(plan)
  const customerId = world.customers[plan.customer]?.customerId ?? ''
  if (outcome?.startsWith('bare'))
    throw new Violation('I31', 'no bare error reaches a caller', attempt)
  if (outcome === 'answered' && shape.feature && !world.hadFeature.has(customerId)) {
    throw new Violation('I28', 'nobody is let past what the plan includes', attempt)
  }
  const lapsed = world.lapses.some((turn) => turn >= beganAt && turn <= (endedAt ?? Infinity))
  if (outcome === 'hold_expired' && !lapsed) {
    throw new Violation('I23', 'nobody who kept the lease loses the hold', attempt)
  }
  if (outcome !== 'answered' || shape.stream || worked.length === 0 || !receipt) return
  for (const { meter, hold } of shape.charges) {
    const used = shape.settle === 'hold' ? hold : Math.floor((hold * plan.fifths) / 5)
    const charged = receipt.charges.find((charge) => charge.meter === meter)?.amount ?? 0
    if (charged !== used && !(used > hold && charged === hold)) {
      throw new Violation('I17', 'what is charged is what was agreed', {
        attempt,
        meter,
        used,
        charged,
      })
    }
  }
}

/** What a reader holds in its hands was charged, but for the last few credits of a process that died; and never more. */
function checkStream(attempt: Attempt, operation: SettledOperation | undefined): void {
  const shape = shapeOf(attempt.plan)
  if (!shape.stream || attempt.emitted === 0) return
  const chunk =
    shape.settle === 'reported' ? (shape.charges[0]?.hold ?? 0) / 5 : (shape.charges[0]?.hold ?? 0)
  const free = WATERMARK_CREDITS + chunk * 2
  const charged = operation?.charges[shape.charges[0]?.meter ?? ''] ?? 0
  if (attempt.emitted > charged + free) {
    throw new Violation('I9', 'what a stream handed on was charged', { attempt, charged, free })
  }
  if (
    attempt.outcome === 'aborted' &&
    attempt.worked.length > 0 &&
    attempt.emitted > charged + chunk &&
    operation
  ) {
    throw new Violation('I9', 'hanging up does not make a stream free', { attempt, charged })
  }
}

/**
 * Who was refused for want of credits did lack them at the moment of asking, by an independent count, whatever was broken:
 * what is not certain is no refusal. Credits bought meanwhile, and ids that somebody else used first, are another matter.
 */
function checkRefusal(world: World, attempt: Attempt): void {
  const { outcome, beganAt, endedAt, plan } = attempt
  if (outcome !== 'exhausted' || endedAt === null) return
  if (world.topUps.some((turn) => turn >= beganAt && turn <= endedAt)) return
  const customerId = world.customers[plan.customer]?.customerId
  const events = [...world.backend.events.values()]
  if (
    events.some(
      (event) => event.customerId === customerId && world.preempted.has(event.transactionId),
    )
  )
    return
  const { charges } = shapeOf(plan)
  const asked = world.refusals.filter(
    (refusal) =>
      refusal.process === attempt.process &&
      refusal.customerId === customerId &&
      charges.some(({ meter, hold }) => meter === refusal.meter && hold === refusal.required) &&
      refusal.turn > beganAt &&
      refusal.turn <= endedAt,
  )
  if (asked.length > 0 && asked.every(({ left, required }) => left >= required)) {
    throw new Violation('I13', 'nobody who has the credits is refused', { attempt, asked })
  }
}

function sorted(object: Record<string, number>): Record<string, number> {
  return Object.fromEntries(Object.entries(object).toSorted(([a], [b]) => a.localeCompare(b)))
}
