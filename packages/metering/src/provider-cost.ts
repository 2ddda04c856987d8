/**
 * A provider call that an operation made, and its cost to the operator. It is stored with the charge, for the operator's figures only: no
 * charge depends on it, and no customer sees it.
 */
export type ProviderCall = {
  /**
   * Identifies the call within its operation: a later report with the same id replaces the earlier one. Without it, each report is a new
   * call.
   */
  id?: string
  /** The value of `gen_ai.provider.name`: "openai". */
  provider: string
  /** The value of `gen_ai.response.model`; the provider's name if it has only one. */
  model?: string
  inputTokens?: number | null
  /** Part of `inputTokens`. */
  cachedInputTokens?: number | null
  outputTokens?: number | null
  /** Millionths of a dollar; null where the price is not known. */
  costMicros: number | null
  /** Estimated by us because the provider has not reported yet; a later report replaces it. */
  isEstimate?: boolean
}

/** What a provider charges for the work of a procedure that does not report each call, in millionths of a dollar. */
export type DeclaredCost = {
  /** The service that does the work. */
  provider: string
  model?: string
  /** Per charged call. */
  microsPerCall?: number
  /** Per credit used, of any meter. */
  microsPerCredit?: number
}

/** The stored total of one model's calls in one attempt of an operation. */
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
