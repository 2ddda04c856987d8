/** Counts the tokens of a text, for holds and where a provider reports no usage. */
export type CountTokens = (text: string) => number | Promise<number>

/** Four bytes per token, the average of English prose; a piece of a stream counts as at least one. */
export function estimateTokens(text: string): number {
  return Math.ceil(Buffer.byteLength(text) / 4)
}
