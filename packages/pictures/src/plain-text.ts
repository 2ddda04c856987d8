/** A text as it is typeset: composed letters, single spaces, no invisible characters. */
export function plainText(text: string): string {
  return text
    .normalize('NFC')
    .replaceAll(/[\s\p{Cc}]+/gu, ' ')
    .replaceAll(INVISIBLE, '')
    .trim()
}

/** Format characters and variation selectors, except those that compose emoji. */
const INVISIBLE = /(?!\u200d|[\u{e0020}-\u{e007f}])\p{Cf}|[\ufe00-\ufe0e]/gu
