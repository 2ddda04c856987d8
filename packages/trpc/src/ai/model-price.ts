import { SetupError } from '@tollgate/metering'
import { type TokensUsed, weighTokens } from './weigh-tokens.ts'

/** The price of one model's tokens, in credits per 1,000 tokens. Whole numbers, so that no charge depends on rounding. */
export type ModelPrice = {
  input: number
  output: number
  /** Input that the provider had cached; defaults to `input`. */
  cachedInput?: number
}

/** The price of each model, by the provider's model id. */
export type ModelPrices = Readonly<Record<string, ModelPrice>>

/**
 * The credits that tokens cost, rounded up once.
 *
 * @example
 * creditsOf({ input: 250, output: 1000 }, { input: 400, output: 80 }) // 180
 */
export function creditsOf(price: ModelPrice, used: TokensUsed): number {
  return Math.ceil(weighTokens(price, used) / 1000)
}

/** Finds the price of a model. Throws `SetupError` when it has none, or one that cannot be charged. */
export function priceOf(prices: ModelPrices, modelId: string): ModelPrice {
  const price = Object.hasOwn(prices, modelId) ? prices[modelId] : undefined
  if (!price) {
    throw new SetupError(
      `The model "${modelId}" has no price. Add it: prices: { '${modelId}': { input: 250, output: 1000 } }, in credits per 1,000 tokens.`,
    )
  }
  const { input, output, cachedInput = input } = price
  if (![input, output, cachedInput].every(isWeight)) {
    throw new SetupError(
      `The price of the model "${modelId}" is not in whole numbers from 0. Write credits per 1,000 tokens.`,
    )
  }
  return price
}

function isWeight(weight: number): boolean {
  return Number.isSafeInteger(weight) && weight >= 0
}
