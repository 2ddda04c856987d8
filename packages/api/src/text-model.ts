/** A summary that is wanted. */
export type SummaryRequest = { text: string; sentences: number }

/** Something that summarises; it yields the summary in pieces, as they come. */
export type TextModel = {
  summarize(request: SummaryRequest & { signal: AbortSignal }): AsyncIterable<string>
}
