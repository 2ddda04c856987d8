import type { ModelCosts } from '@tollgate/trpc/ai'

/** What providers charge for tokens of the models that write summaries: $0.25 per million tokens is 250,000. */
export const MODEL_COSTS: ModelCosts = {
  'gpt-5-mini': { input: 250_000, cachedInput: 25_000, output: 2_000_000 },
}
