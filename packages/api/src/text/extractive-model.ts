import { setTimeout as pause } from 'node:timers/promises'
import { countTokens } from './count-tokens.ts'
import { pickSentences } from './pick-sentences.ts'
import type { TextModel } from '../text-model.ts'
import { SENTENCE_TOKENS_MAX } from './tokens-at-most.ts'

/** Between two words: a comfortable reading speed. */
const PAUSE_MS = 12

/** Summarises without any service: selects the sentences that say most about the subject of a text, and streams them word by word. */
export function createExtractiveModel({ pauseMs = PAUSE_MS } = {}): TextModel {
  return {
    kind: 'extractive',
    name: 'extractive',
    async *summarize({ text, sentences, signal, operation }) {
      operation.reportCost({ provider: 'tollgate', model: 'extractive', costMicros: 0 })
      for (const [index, sentence] of pickSentences(text, sentences).entries()) {
        for await (const piece of pieces(index === 0 ? sentence : ` ${sentence}`)) {
          if (pauseMs > 0) await pause(pauseMs, undefined, { signal })
          signal.throwIfAborted()
          yield piece
        }
      }
    },
  }
}

/** A sentence in words, cut where it would exceed the tokens held for it. */
async function* pieces(sentence: string): AsyncGenerator<string> {
  let left = SENTENCE_TOKENS_MAX - 1
  for (const piece of sentence.match(/ ?[^ ]{1,40}/gu) ?? []) {
    left -= await countTokens(piece)
    if (left < 0) {
      yield '…'
      return
    }
    yield piece
  }
}
