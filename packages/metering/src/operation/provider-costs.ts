import type { DeclaredCost, ProviderCall, ProviderCost } from '../provider-cost.ts'
import type { Amounts } from './usage.ts'

/** The known provider costs of an operation. */
export type ProviderCosts = {
  report(call: ProviderCall): void
  /** The costs to store when the operation ends: those reported, or those declared for `used`, which is null if it failed. */
  close(used: Amounts | null): ProviderCost[]
}

/** Collects the provider costs of one attempt; passes what is reported after its end to `correct`. */
export function createProviderCosts(
  declared: DeclaredCost | undefined,
  correct: (costs: ProviderCost[]) => void,
): ProviderCosts {
  const calls = new Map<string, ProviderCall>()
  let isClosed = false
  return {
    report(call) {
      const id = call.id ?? `#${calls.size}`
      const known = isClosed ? calls.get(id) : undefined
      // A stored cost is found by provider and model.
      const named = known ? { ...call, provider: known.provider, model: modelOf(known) } : call
      calls.set(id, named)
      if (!isClosed || call.isEstimate) return
      const late = addUp([...calls.values()]).filter(
        ({ provider, model, source }) =>
          source === 'reported' &&
          provider === nameOf(named.provider) &&
          model === nameOf(modelOf(named)),
      )
      if (late.length > 0) correct(late)
    },
    close(used) {
      isClosed = true
      if (calls.size > 0 || !declared || !used) return addUp([...calls.values()])
      return [declaredCost(declared, used)]
    },
  }
}

function declaredCost(
  { provider, model = provider, microsPerCall = 0, microsPerCredit = 0 }: DeclaredCost,
  used: Amounts,
): ProviderCost {
  const credits = Object.values(used).reduce<number>((sum, amount = 0) => sum + amount, 0)
  return {
    provider: nameOf(provider),
    model: nameOf(model),
    calls: 1,
    inputTokens: null,
    cachedInputTokens: null,
    outputTokens: null,
    costMicros: countOf(microsPerCall + credits * microsPerCredit),
    source: 'declared',
  }
}

/** One row per provider and model, always in the same order. */
function addUp(calls: readonly ProviderCall[]): ProviderCost[] {
  const lines = new Map<string, ProviderCost>()
  for (const call of calls) {
    const line = toLine(call)
    const key = `${line.provider}\n${line.model}`
    const known = lines.get(key)
    lines.set(key, known ? added(known, line) : line)
  }
  return [...lines].toSorted(([one], [other]) => (one < other ? -1 : 1)).map(([, line]) => line)
}

/** A provider's report must never prevent a charge from being stored, so only values that the table accepts are passed on. */
function toLine(call: ProviderCall): ProviderCost {
  return {
    provider: nameOf(call.provider),
    model: nameOf(modelOf(call)),
    calls: 1,
    inputTokens: countOf(call.inputTokens),
    cachedInputTokens: countOf(call.cachedInputTokens),
    outputTokens: countOf(call.outputTokens),
    costMicros: countOf(call.costMicros),
    source: call.isEstimate ? 'estimated' : 'reported',
  }
}

function added(one: ProviderCost, other: ProviderCost): ProviderCost {
  const isEstimate = one.source === 'estimated' || other.source === 'estimated'
  return {
    ...one,
    calls: one.calls + other.calls,
    inputTokens: sumOf(one.inputTokens, other.inputTokens),
    cachedInputTokens: sumOf(one.cachedInputTokens, other.cachedInputTokens),
    outputTokens: sumOf(one.outputTokens, other.outputTokens),
    costMicros: sumOf(one.costMicros, other.costMicros),
    source: isEstimate ? 'estimated' : 'reported',
  }
}

/** One unknown value makes the sum unknown. */
function sumOf(one: number | null, other: number | null): number | null {
  return one === null || other === null ? null : countOf(one + other)
}

function countOf(count: number | null | undefined): number | null {
  if (typeof count !== 'number' || !(count >= 0)) return null
  return Math.min(Math.ceil(count), Number.MAX_SAFE_INTEGER)
}

function modelOf({ provider, model }: ProviderCall): string {
  return model ?? provider
}

const NAME_LENGTH_MAX = 200

/** An external name, in a form that PostgreSQL can store. */
function nameOf(name: unknown): string {
  const text = typeof name === 'string' ? name : ''
  // Drops control characters, and the half of a surrogate pair that truncation may leave.
  return text.slice(0, NAME_LENGTH_MAX).replaceAll(/[\p{Cc}\p{Cs}]/gu, '') || 'unknown'
}
