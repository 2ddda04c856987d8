import { SetupError } from '@tollgate/metering'
import { type TokensUsed, weighTokens } from './weigh-tokens.ts'

/**
 * What a provider charges for the tokens of one model, in millionths of a dollar per million tokens: $0.25 is 250,000. `cachedInput`
 * defaults to `input`.
 */
export type ModelCost = { input: number; output: number; cachedInput?: number }

/** What each model costs, by the provider's model id. The cost of a missing model is unknown. */
export type ModelCosts = Readonly<Record<string, ModelCost>>

/**
 * The cost of tokens, in millionths of a dollar, rounded up.
 *
 * @example
 * costMicrosOf({ input: 250_000, output: 2_000_000 }, { input: 400, output: 80 }) // 260
 */
export function costMicrosOf(cost: ModelCost, used: TokensUsed): number {
  return Math.ceil(weighTokens(cost, used) / 1_000_000)
}

/**
 * Finds the cost of a model, by the id in the response or else the requested one; null if neither is known. Providers respond to
 * "gpt-5-mini" as "gpt-5-mini-2025-08-07".
 */
export function findCost(costs: ModelCosts, ...modelIds: readonly string[]): ModelCost | null {
  const known = modelIds.find((id) => Object.hasOwn(costs, id))
  return known === undefined ? null : (costs[known] ?? null)
}

/** Throws `SetupError` for a cost that is not a whole number. */
export function checkCosts(costs: ModelCosts): void {
  for (const [modelId, { input, output, cachedInput = input }] of Object.entries(costs)) {
    if ([input, output, cachedInput].every((one) => Number.isSafeInteger(one) && one >= 0)) continue
    throw new SetupError(
      `The cost of the model "${modelId}" is not in whole numbers from 0. Write millionths of a dollar per million tokens: $0.25 is 250000.`,
    )
  }
}
