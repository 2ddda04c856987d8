import type { SummaryRequest } from '../text-model.ts'
import { countTokens } from './count-tokens.ts'
import { SENTENCE_TOKENS_MAX } from './tokens-at-most.ts'

/** The fewest tokens with which a summary is started: enough to read the text and write one sentence. */
export async function tokensAtLeast({ text }: Pick<SummaryRequest, 'text'>): Promise<number> {
  return (await countTokens(text)) + SENTENCE_TOKENS_MAX
}
