import { WORD_EXCEPTIONS } from './word-exceptions.js'
import { WORDS } from './words.js'

const PATTERNS = WORDS.flatMap(([words, instead]) =>
  words.split('|').map((word) => ({ word, instead, pattern: patternOf(word) })),
)

/** The listed words in a text, in identifiers as well as in sentences: each with its position and its replacement. */
export function findWords(file, text) {
  const excepted = WORD_EXCEPTIONS.filter(({ path }) => isAt(file, path))
  if (excepted.some(({ words }) => words === null)) return []
  const allowed = new Set(excepted.flatMap(({ words }) => words))
  return PATTERNS.filter(({ word }) => !allowed.has(word)).flatMap(({ word, instead, pattern }) =>
    [...text.matchAll(pattern)].map(({ index, 0: found }) => ({
      start: index,
      end: index + found.length,
      message: `"${word}" is not a word of this code base. Write what is meant: ${instead}.`,
    })),
  )
}

function isAt(file, path) {
  return path.endsWith('/') ? file.includes(path) : file.endsWith(path)
}

// `told`, `Told`, `TOLD`, `isTold` and `told_at`, but not `untold`.
function patternOf(word) {
  const [first, ...others] = word.split(' ')
  const rest = others
    .map((part) => `(?:[ _-]|\\s+(?:\\*|//|--|#)?\\s*)?${eitherCase(part)}`)
    .join('')
  const capital = first[0].toUpperCase() + first.slice(1)
  const capitals = word.toUpperCase().replaceAll(' ', '[ _-]')
  return new RegExp(
    `(?:(?<![A-Za-z])${eitherCase(first)}|(?<=[a-z0-9])${capital})${rest}(?![a-z])|(?<![A-Za-z])${capitals}(?![A-Za-z])`,
    'g',
  )
}

function eitherCase(word) {
  return `[${word[0]}${word[0].toUpperCase()}]${word.slice(1)}`
}
