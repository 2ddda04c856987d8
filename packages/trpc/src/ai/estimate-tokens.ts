/** Counts the tokens of a text, for a hold and for what a provider reports no usage of. */
export type CountTokens = (text: string) => number | Promise<number>

/** Four bytes to a token, the average of English prose; a piece of a stream is at least one. */
export function estimateTokens(text: string): number {
  return Math.ceil(Buffer.byteLength(text) / 4)
}
