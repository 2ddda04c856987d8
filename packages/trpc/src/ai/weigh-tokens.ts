/** The weight of one token of each kind in a price or a cost; `cachedInput` defaults to `input`. */
type TokenWeights = { input: number; output: number; cachedInput?: number }

/** The tokens of one call; `cachedInput` is part of `input`. */
export type TokensUsed = { input: number; cachedInput?: number; output: number }

/** Adds up the weights of tokens. A provider may report more cached input than input, or only cached input; no term becomes negative. */
export function weighTokens(
  weights: TokenWeights,
  { input, cachedInput = 0, output }: TokensUsed,
): number {
  const cached = Math.min(cachedInput, input)
  return (
    (input - cached) * weights.input +
    cached * (weights.cachedInput ?? weights.input) +
    output * weights.output
  )
}
