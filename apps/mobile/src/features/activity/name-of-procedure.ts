/** What an operation made, in a word; the path itself for a procedure that is newer than this app. */
export function nameOfProcedure(path: string): string {
  return NAMES.get(path) ?? path
}

const NAMES: ReadonlyMap<string, string> = new Map([
  ['images.generate', 'Image'],
  ['text.summarize', 'Summary'],
  ['tools.qrCode', 'QR code'],
])
