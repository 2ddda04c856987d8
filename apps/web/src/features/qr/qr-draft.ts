/** A code as the form holds it; the logo as a data URL, empty for none. */
export type QrDraft = { text: string; foreground: string; background: string; logo: string }

/** The longest text, in characters and in bytes; non-ASCII characters take two to four bytes. */
export const QR_TEXT_MAX = 1000
const BYTES_MAX = { plain: 2331, logo: 500 }

/** The largest logo file, in bytes. */
const LOGO_BYTES_MAX = 65_536

/** The input for a draft. */
export function qrInputOf({ text, foreground, background, logo }: QrDraft) {
  return { text: text.trim(), foreground, background, ...(logo ? { logo } : {}) }
}

/** Whether the text is too long for the code. */
export function isTooLong({ text, logo }: QrDraft): boolean {
  return new TextEncoder().encode(text.trim()).length > BYTES_MAX[logo ? 'logo' : 'plain']
}

/** Reads a logo file as a data URL; null if it is not accepted. */
export async function readLogo(file: File): Promise<string | null> {
  if (file.size > LOGO_BYTES_MAX || !/^image\/(?:png|jpeg)$/u.test(file.type)) return null
  const bytes = new Uint8Array(await file.arrayBuffer())
  const text = Array.from(bytes, (byte) => String.fromCodePoint(byte)).join('')
  return `data:${file.type};base64,${btoa(text)}`
}
