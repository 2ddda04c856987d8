/** What makes JSON unusable although it can be parsed. */
export type InvalidText = 'nul' | 'lone_surrogate' | 'too_deep'

/** Deeper than any API input; parsers, validators and serializers recurse. */
const DEPTH_MAX = 100

/**
 * Finds what databases cannot store or programs cannot traverse in JSON: U+0000, lone surrogates, excessive nesting. One pass over the
 * text; whether it is valid JSON is left to the parser.
 */
export function findInvalidText(json: string): InvalidText | null {
  let depth = 0
  for (let index = 0; index < json.length; index++) {
    const unit = json.charCodeAt(index)
    if (unit === OPEN_BRACE || unit === OPEN_BRACKET) {
      if (++depth > DEPTH_MAX) return 'too_deep'
    } else if (unit === CLOSE_BRACE || unit === CLOSE_BRACKET) depth -= 1
    else if (unit === QUOTE) {
      const end = endOfString(json, index + 1)
      const invalid = invalidIn(json, index + 1, end)
      if (invalid) return invalid
      index = end
    }
  }
  return null
}

const [OPEN_BRACE, CLOSE_BRACE, OPEN_BRACKET, CLOSE_BRACKET] = [0x7b, 0x7d, 0x5b, 0x5d]
const [QUOTE, BACKSLASH] = [0x22, 0x5c]

function endOfString(json: string, start: number): number {
  let index = start
  while (index < json.length && json.charCodeAt(index) !== QUOTE) {
    index += json.charCodeAt(index) === BACKSLASH ? 2 : 1
  }
  return index
}

function invalidIn(json: string, start: number, end: number): InvalidText | null {
  const text = json.slice(start, end)
  const decoded = text.includes(String.raw`\u`) ? decodeUnits(text) : text
  if (decoded.includes('\0')) return 'nul'
  return LONE_SURROGATE.test(decoded) ? 'lone_surrogate' : null
}

function decodeUnits(text: string): string {
  return text.replaceAll(ESCAPES, (escape, hex: string | undefined) =>
    hex === undefined ? escape : String.fromCharCode(Number.parseInt(hex, 16)),
  )
}

/** With the `u` flag, a pair is one character and only a lone half matches. */
const LONE_SURROGATE = /\p{Surrogate}/u

/** An escaped code unit, or any other escape, which is skipped as a whole. */
const ESCAPES = /\\(?:u([0-9a-fA-F]{4})|.)/gsu
