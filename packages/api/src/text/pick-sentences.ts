/** The sentences that carry most of a text's own words, in the order they stand in it. */
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
  // A line that is broken in the middle of a sentence does not end it; an empty line does.
  const flowing = text.replaceAll(/(?<=[^\n])\n(?!\n)/gu, ' ')
  const segments = new Intl.Segmenter('en', { granularity: 'sentence' }).segment(flowing)
  return [...segments]
    .map(({ segment }) => segment.replaceAll(/\s+/gu, ' ').trim())
    .filter((sentence) => sentence !== '')
}

/** Words shorter than this are mostly glue: and, the, und, die. */
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

/** How much of what the text repeats a sentence says; long ones do not win by length alone, and texts open with their subject. */
function score(words: readonly string[], weights: Map<string, number>, index: number): number {
  const said = [...new Set(words)].reduce((sum, word) => sum + (weights.get(word) ?? 0), 0)
  return (said / Math.sqrt(words.length + 1)) * (index === 0 ? 1.25 : 1)
}
