import { countTokens } from './count-tokens.ts'
import type { SummaryRequest } from '../text-model.ts'

/** The longest sentence a model may write; longer ones are cut. */
export const SENTENCE_TOKENS_MAX = 80

/** The most tokens a summary can cost, whatever model writes it: what is held before it begins. */
export async function tokensAtMost({ text, sentences }: SummaryRequest): Promise<number> {
  return (await countTokens(text)) + sentences * SENTENCE_TOKENS_MAX
}
