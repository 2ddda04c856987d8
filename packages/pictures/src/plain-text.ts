/** A text as it is set: composed letters, single spaces, without characters that are never visible. */
export function plainText(text: string): string {
  return text
    .normalize('NFC')
    .replaceAll(/[\s\p{Cc}]+/gu, ' ')
    .replaceAll(INVISIBLE, '')
    .trim()
}

/** Format characters and variation selectors; those that compose emoji stay. */
const INVISIBLE = /(?!\u200d|[\u{e0020}-\u{e007f}])\p{Cf}|[\ufe00-\ufe0e]/gu
