import type { RunningOperation } from '@tollgate/metering'

/** A summary that is wanted. */
export type SummaryRequest = { text: string; sentences: number }

/** What writes the summaries of a server: `extractive` picks sentences and is no AI model. */
type TextModelInfo = { kind: 'extractive' | 'provider'; name: string }

/** Something that summarises; it yields the summary in pieces, as they come. */
export type TextModel = TextModelInfo & {
  summarize(
    request: SummaryRequest & {
      signal: AbortSignal
      /** Takes what the summary costs us. */
      operation: Pick<RunningOperation, 'reportCost'>
    },
  ): AsyncIterable<string>
}
