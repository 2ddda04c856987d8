import type { Observation, OperationRecord } from './history.ts'

/** Something that must never happen; `invariant` is its id in the list of invariants. */
export type HistoryViolation = { invariant: 'I8' | 'I9' | 'I10' | 'I11' | 'I13'; detail: string }

/** Client and database share one machine's clock; this allows for the time between reading it and acting. */
const CLOCK_TOLERANCE_MS = 5

/**
 * Compares what the clients saw with the stored operations. I8: a success is one charge, and every success of a key has the same body. I9:
 * no result without a charge. I10: no charge without a success or an unknown outcome. I11: at most one settle per key.
 */
export function checkHistory(
  observations: readonly Observation[],
  operations: readonly OperationRecord[],
): HistoryViolation[] {
  const settled = groupBy(
    operations.filter(({ state }) => state === 'settled'),
    intentOf,
  )
  const seen = groupBy(observations, intentOf)
  const violations: HistoryViolation[] = []
  for (const [intent, records] of settled) {
    if (records.length > 1)
      violations.push({ invariant: 'I11', detail: `${intent}: ${records.length} settles` })
  }
  for (const [intent, answers] of seen) {
    violations.push(...checkIntent(intent, answers, settled.get(intent) ?? []))
  }
  for (const [intent, records] of settled) {
    if (seen.has(intent)) continue
    violations.push({
      invariant: 'I10',
      detail: `${intent}: no client called, ${chargeOf(records)} charged`,
    })
  }
  return violations
}

function checkIntent(
  intent: string,
  answers: readonly Observation[],
  settled: readonly OperationRecord[],
): HistoryViolation[] {
  const violations: HistoryViolation[] = []
  const bodies = new Set(
    answers.flatMap(({ answer }) => (answer.kind === 'success' ? [answer.body] : [])),
  )
  if (bodies.size > 1) {
    violations.push({ invariant: 'I8', detail: `${intent}: ${bodies.size} different bodies` })
  }
  if (bodies.size > 0 && settled.length !== 1) {
    const invariant = settled.length === 0 ? 'I9' : 'I8'
    violations.push({ invariant, detail: `${intent}: a success, ${settled.length} settles` })
  }
  const stored = settled[0]?.body
  for (const body of bodies) {
    if (typeof stored !== 'string' || stored === body) continue
    violations.push({ invariant: 'I9', detail: `${intent}: the body is not the stored result` })
  }
  const cost = answers[0]?.cost ?? null
  for (const record of settled) {
    if (cost === null || record.charged === cost) continue
    violations.push({
      invariant: 'I8',
      detail: `${intent}: cost ${cost}, charged ${record.charged}`,
    })
  }
  const definitelyRefused = answers.every(({ answer }) => answer.kind === 'refused')
  if (definitelyRefused && settled.length > 0) {
    violations.push({
      invariant: 'I10',
      detail: `${intent}: only refusals, ${chargeOf(settled)} charged`,
    })
  }
  return violations
}

/**
 * I13: not too strict. With equal costs and demand for at least the balance, exactly ⌊balance ÷ cost⌋ keys succeed, and every 402 has an
 * instant between request and response at which less than the cost could have been free.
 */
export function checkNotTooStrict(options: {
  observations: readonly Observation[]
  operations: readonly OperationRecord[]
  balance: number
  cost: number
}): HistoryViolation[] {
  const { observations, operations, balance, cost } = options
  const violations: HistoryViolation[] = []
  const keys = new Set(observations.map(intentOf))
  const successes = new Set(
    observations.filter(({ answer }) => answer.kind === 'success').map(intentOf),
  )
  const expected = Math.min(keys.size, Math.floor(balance / cost))
  if (successes.size !== expected) {
    violations.push({
      invariant: 'I13',
      detail: `${successes.size} keys succeeded, expected ${expected}`,
    })
  }
  for (const { answer, startedAt, endedAt, key } of observations) {
    if (answer.kind !== 'refused' || answer.status !== 402) continue
    const most = mostTaken(operations, { from: startedAt, until: endedAt, cost })
    if (balance - most < cost) continue
    violations.push({
      invariant: 'I13',
      detail: `${key}: 402 while at least ${balance - most} of ${balance} were free`,
    })
  }
  return violations
}

/** The maximum that was charged or could have been held at one instant of a window. */
function mostTaken(
  operations: readonly OperationRecord[],
  { from, until, cost }: { from: number; until: number; cost: number },
): number {
  const earliest = from - CLOCK_TOLERANCE_MS
  const latest = until + CLOCK_TOLERANCE_MS
  // The amount changes only when an operation begins or ends, so checking those instants is enough.
  const instants = [earliest, ...operations.map(({ createdAt }) => createdAt)]
  return instants
    .filter((instant) => instant >= earliest && instant <= latest)
    .reduce((most, instant) => Math.max(most, takenAt(operations, instant, cost)), 0)
}

function takenAt(operations: readonly OperationRecord[], instant: number, cost: number): number {
  return operations.reduce((taken, { createdAt, endedAt, state, charged }) => {
    if (createdAt > instant) return taken
    const isOver = endedAt !== null && endedAt < instant
    if (!isOver) return taken + Math.max(cost, charged)
    return state === 'settled' ? taken + charged : taken
  }, 0)
}

function intentOf({ customerId, key }: { customerId: string; key: string }): string {
  return `${customerId}/${key}`
}

function chargeOf(records: readonly OperationRecord[]): number {
  return records.reduce((sum, { charged }) => sum + charged, 0)
}

function groupBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>()
  for (const item of items) {
    const group = groups.get(keyOf(item))
    if (group) group.push(item)
    else groups.set(keyOf(item), [item])
  }
  return groups
}
