import type { Database } from '@tollgate/database'
import { readFigures } from '../../src/admin/read-figures.ts'
import type { ProviderCall } from '../../src/provider-cost.ts'
import type { Attempt } from './history.ts'
import { isLost, operationsBeforeRestore } from './lost-time.ts'
import { ModelViolation } from './model-violation.ts'
import { shapeOf } from './plan.ts'
import type { World } from './world.ts'

/** A kept operation with every provider cost stored for it. */
type Costed = { operationId: string; state: string; crashes: number; lines: StoredLine[] }
type StoredLine = Line & { fence: number }
/** The cost of one model's calls in one attempt. */
type Line = { model: string; calls: number; costMicros: number; source: string }

/** Compares the stored provider costs with those that the work of every attempt reported. */
export async function checkCosts(world: World): Promise<void> {
  const operations = await readCosts(world.scratch.everything)
  const forgotten = operationsBeforeRestore(world)
  for (const operation of operations) {
    const attempts = world.history
      .filter(({ operationIds }) => operationIds.includes(operation.operationId))
      .toSorted((one, other) => turnOf(one) - turnOf(other))
    checkReported(world, operation, attempts)
    const last = attempts.at(-1)
    if (forgotten.has(operation.operationId) || attempts.some((seen) => isLost(world, seen)))
      continue
    checkHeard(world, operation)
    if (last && hasEnded(operation, last)) checkStored(world, operation, last)
  }
  await checkSum(world, operations)
}

/** Every stored attempt matches the report of one client attempt, and no two match the same. */
function checkReported(world: World, operation: Costed, attempts: readonly Attempt[]): void {
  const found = new Set<number>()
  for (const attempt of new Set(operation.lines.map(({ fence }) => fence))) {
    const lines = operation.lines.filter(({ fence }) => fence === attempt)
    const owner = attempts.find((seen) => lines.every((line) => isOf(seen, line)))
    if (!owner || found.has(owner.id)) {
      throw new ModelViolation('I47', 'what is stored of providers is what an attempt reported', {
        operation,
        attempts,
      })
    }
    found.add(owner.id)
    if (owner.id !== attempts.at(-1)?.id) world.coverage.reach('cost of an earlier attempt')
  }
}

/** A provider's correction after the end is stored, however much was stored before. */
function checkHeard(world: World, operation: Costed): void {
  const unheard = operation.lines.filter(
    ({ calls, ...line }) => calls < (heardOf(world, operation, line) ?? 0),
  )
  if (unheard.length > 0) {
    throw new ModelViolation('I47', 'what a provider says after the end is stored', {
      operation,
      unheard,
    })
  }
}

function heardOf(
  { corrected: heard }: World,
  { operationId }: Costed,
  { fence, model }: Pick<StoredLine, 'fence' | 'model'>,
): number | undefined {
  return heard.get(`${operationId} ${fence} ${model}`)
}

/** The last attempt ended its operation, so all that it reported is stored, and its late correction if that was accepted. */
function checkStored(world: World, operation: Costed, last: Attempt): void {
  const own = operation.lines.filter((line) => isOf(last, line))
  const isCorrected = own.some((line) => heardOf(world, operation, line) !== undefined)
  // The process may have died before it received the correction.
  const expected = isCorrected ? [corrected(last)] : [linesOf(last.providerCalls), corrected(last)]
  if (!expected.some((lines) => textOf(lines) === textOf(own))) {
    throw new ModelViolation('I47', 'what an attempt cost is stored as it ends, once', {
      operation,
      last,
      expected,
    })
  }
  if (own.length === 0) return
  world.coverage.reach(`cost of a ${operation.state} operation`)
  if (isCorrected) world.coverage.reach('cost corrected')
}

/** Whether it is certain that the attempt ended its operation, not the sweeper or an attempt that parked it. */
function hasEnded({ state, crashes }: Costed, { outcome, plan }: Attempt): boolean {
  // The work may have begun after the operation had ended.
  if (outcome === 'hold_expired') return false
  if (state === 'voided') return crashes < CRASHES_MAX
  if (state !== 'settled') return false
  return !shapeOf(plan).stream || outcome === 'answered' || outcome === 'stopped short'
}

const CRASHES_MAX = 3

/** The operators' figures add up to the stored costs. */
async function checkSum({ scratch }: World, operations: readonly Costed[]): Promise<void> {
  const lines = operations.flatMap((operation) => operation.lines)
  const stored = lines.reduce((sum, { costMicros }) => sum + costMicros, 0)
  const { used } = await readFigures(scratch.database, ALWAYS)
  const counted = used.reduce((sum, { costMicros }) => sum + (costMicros ?? 0), 0)
  if (counted !== stored)
    throw new ModelViolation('I48', 'the figures are the sum of what is stored', {
      counted,
      stored,
    })
}

const ALWAYS = { from: new Date(0), until: new Date(Date.UTC(2200, 0)) }

function turnOf({ worked }: Attempt): number {
  return worked[0] ?? -1
}

/** Work that continues after its end reports calls one by one, and its process may die in between. */
function isOf(seen: Attempt, line: Line): boolean {
  const upTo = seen.providerCalls.map((_, n) => linesOf(seen.providerCalls.slice(0, n + 1)))
  return [...upTo, corrected(seen)].flat().some((said) => textOf([said]) === textOf([line]))
}

/** The lines of an attempt once its provider's late counts have replaced the estimates. */
function corrected({ providerCalls, lateCalls }: Attempt): Line[] {
  return linesOf(providerCalls.map((call) => lateCalls.find(({ id }) => id === call.id) ?? call))
}

function linesOf(calls: readonly ProviderCall[]): Line[] {
  const models = new Set(calls.map(({ model = '' }) => model))
  return [...models].toSorted().map((model) => {
    const own = calls.filter((call) => call.model === model)
    return {
      model,
      calls: own.length,
      costMicros: own.reduce((sum, { costMicros }) => sum + (costMicros ?? 0), 0),
      source: own.some(({ isEstimate }) => isEstimate) ? 'estimated' : 'reported',
    }
  })
}

function textOf(lines: readonly Line[]): string {
  return lines
    .map(({ model, calls, costMicros, source }) => `${model} ${calls} ${costMicros} ${source}`)
    .join()
}

function readCosts(database: Database): Promise<Costed[]> {
  return database.query({
    name: 'model.costs',
    text: `select o.operation_id as "operationId", o.state::text, o.crashes, coalesce((
        select jsonb_agg(jsonb_build_object('fence', c.fence, 'model', c.model, 'calls', c.calls, 'costMicros', c.cost_micros,
          'source', c.source) order by c.fence, c.model)
        from metering.provider_cost c where c.bucket = o.bucket and c.operation_id = o.operation_id), '[]') as lines
      from metering.operation o`,
  })
}
