import type { DeclaredCost, ProviderCall, ProviderCost } from '../provider-cost.ts'
import type { Amounts } from './usage.ts'

/** What an operation costs at its providers, as far as it is known. */
export type ProviderCosts = {
  report(call: ProviderCall): void
  /** What is to be stored as the operation ends: what was reported, or what was declared for `used`, which is null when it failed. */
  close(used: Amounts | null): ProviderCost[]
}

/** Collects what one attempt costs at its providers; `correct` is given what is reported after its end. */
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
      // What is stored already is found by its name.
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

/** One line per provider and model, in one order for everyone. */
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

/** What a provider says must never keep a charge from being stored, so only what the table takes goes there. */
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

/** What is not known of one call is not known of all. */
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

/** A name from outside, as PostgreSQL can store it. */
function nameOf(name: unknown): string {
  const text = typeof name === 'string' ? name : ''
  // Neither control characters nor halves of a character that the cut has left.
  return text.slice(0, NAME_LENGTH_MAX).replaceAll(/[\p{Cc}\p{Cs}]/gu, '') || 'unknown'
}
