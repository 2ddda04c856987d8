import { type Copy, en } from '../src/copy/en.ts'

/** How much longer a language may be than English. */
const LONGER_BY = 0.4
const ACCENTS: Partial<Record<string, string>> = {
  a: 'á',
  c: 'ç',
  d: 'ð',
  e: 'é',
  i: 'í',
  n: 'ñ',
  o: 'ö',
  s: 'š',
  u: 'ü',
  y: 'ý',
  z: 'ž',
  A: 'Á',
  C: 'Ç',
  E: 'É',
  I: 'Í',
  N: 'Ñ',
  O: 'Ö',
  S: 'Š',
  U: 'Ü',
  Y: 'Ý',
}

/** A language for tests, made from English: what does not go through the copy stays readable, and what is cramped is cut. */
export function pseudoCopy(): Copy {
  // A brand is called the same everywhere.
  return { ...translated(en), brand: en.brand }
}

function translated<Value>(value: Value): Value
function translated(value: unknown): unknown {
  if (typeof value === 'string') return pseudo(value)
  if (Array.isArray(value)) return value.map((item: unknown) => translated(item))
  if (typeof value === 'function') {
    return (...given: unknown[]) => translated(Reflect.apply(value, undefined, given))
  }
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, translated(item)]))
}

/** "Pay now" → "⟦Páý~~ ñöw~~⟧"; a sentence around one that is translated already is marked and stretched once. */
function pseudo(text: string): string {
  const stretched = text
    .replaceAll(/[⟦⟧~]/g, '')
    .replaceAll(
      /\p{L}+/gu,
      (word) => `${accented(word)}${'~'.repeat(Math.ceil(word.length * LONGER_BY))}`,
    )
  return `⟦${stretched}⟧`
}

function accented(word: string): string {
  return word.replaceAll(/./gu, (letter) => ACCENTS[letter] ?? letter)
}
