/**
 * One call of a provider that an operation has made, and what it costs us. It is stored with the charge and is for the figures of
 * operators alone: no charge depends on it, and no customer sees it.
 */
export type ProviderCall = {
  /** Names the call within its operation: reported again, it replaces what was said before. Another call when left out. */
  id?: string
  /** As `gen_ai.provider.name` has it: "openai". */
  provider: string
  /** As `gen_ai.response.model` has it; the provider's name where there is none to choose. */
  model?: string
  inputTokens?: number | null
  /** Part of `inputTokens`. */
  cachedInputTokens?: number | null
  outputTokens?: number | null
  /** Millionths of a dollar; null where the price is not known. */
  costMicros: number | null
  /** Counted by us because the provider has not reported yet; a report that comes later replaces it. */
  isEstimate?: boolean
}

/** What a provider takes for the work of a procedure that does not say it call by call, in millionths of a dollar. */
export type DeclaredCost = {
  /** The service that does the work. */
  provider: string
  model?: string
  /** Per call that is charged. */
  microsPerCall?: number
  /** Per credit that was used, whatever its meter. */
  microsPerCredit?: number
}

/** What the calls of one model came to in one attempt of an operation, as it is stored. */
export type ProviderCost = {
  provider: string
  model: string
  calls: number
  inputTokens: number | null
  cachedInputTokens: number | null
  outputTokens: number | null
  costMicros: number | null
  source: 'reported' | 'estimated' | 'declared'
}
