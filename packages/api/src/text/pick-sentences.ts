/** Selects the sentences with most of a text's characteristic words, in their original order. */
export function pickSentences(text: string, count: number): string[] {
  const sentences = splitSentences(text)
  if (sentences.length <= count) return sentences
  const words = sentences.map(wordsOf)
  const weights = weigh(words.flat())
  return sentences
    .map((sentence, index) => ({
      sentence,
      index,
      score: score(words[index] ?? [], weights, index),
    }))
    .toSorted((a, b) => b.score - a.score || a.index - b.index)
    .slice(0, count)
    .toSorted((a, b) => a.index - b.index)
    .map(({ sentence }) => sentence)
}

function splitSentences(text: string): string[] {
  // A line break within a sentence does not end it; an empty line does.
  const flowing = text.replaceAll(/(?<=[^\n])\n(?!\n)/gu, ' ')
  const segments = new Intl.Segmenter('en', { granularity: 'sentence' }).segment(flowing)
  return [...segments]
    .map(({ segment }) => segment.replaceAll(/\s+/gu, ' ').trim())
    .filter((sentence) => sentence !== '')
}

/** Shorter words are mostly function words: and, the, und, die. */
const WORD_LENGTH_MIN = 4

function wordsOf(sentence: string): string[] {
  return [...new Intl.Segmenter('en', { granularity: 'word' }).segment(sentence)]
    .filter(({ isWordLike, segment }) => isWordLike && segment.length >= WORD_LENGTH_MIN)
    .map(({ segment }) => segment.toLocaleLowerCase('en'))
}

function weigh(words: readonly string[]): Map<string, number> {
  const weights = new Map<string, number>()
  for (const word of words) weights.set(word, (weights.get(word) ?? 0) + 1)
  return weights
}

/** How many of the text's repeated words a sentence has; normalized by length, and higher at the start, where texts name their subject. */
function score(words: readonly string[], weights: Map<string, number>, index: number): number {
  const said = [...new Set(words)].reduce((sum, word) => sum + (weights.get(word) ?? 0), 0)
  return (said / Math.sqrt(words.length + 1)) * (index === 0 ? 1.25 : 1)
}
