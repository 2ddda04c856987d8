/** A token is about four characters of English, fewer in other languages. */
const CHARACTERS_PER_TOKEN = { most: 3, fewest: 5 }
/** A sentence of a summary, in tokens. */
const TOKENS_PER_SENTENCE = { least: 8, most: 45 }

/** Roughly how many tokens a summary takes. Only for the label; the server counts. */
export function estimateTokens(text: string, sentences: number): { low: number; high: number } {
  const low = text.length / CHARACTERS_PER_TOKEN.fewest + sentences * TOKENS_PER_SENTENCE.least
  const high = text.length / CHARACTERS_PER_TOKEN.most + sentences * TOKENS_PER_SENTENCE.most
  return { low: roundUp(low), high: roundUp(high) }
}

/** Two digits are enough for an estimate. */
function roundUp(value: number): number {
  const step = 10 ** Math.max(0, Math.floor(Math.log10(value)) - 1)
  return Math.ceil(value / step) * step
}
