import type { SummaryRequest } from '../text-model.ts'
import { countTokens } from './count-tokens.ts'
import { SENTENCE_TOKENS_MAX } from './tokens-at-most.ts'

/** The fewest tokens that a summary is begun with: the text is read, and one sentence can be written. */
export async function tokensAtLeast({ text }: Pick<SummaryRequest, 'text'>): Promise<number> {
  return (await countTokens(text)) + SENTENCE_TOKENS_MAX
}
