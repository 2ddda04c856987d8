import type { RunningOperation } from '@tollgate/metering'

/** A request for a summary. */
export type SummaryRequest = { text: string; sentences: number }

/** The model that writes a server's summaries: `extractive` selects sentences and is no AI model. */
type TextModelInfo = { kind: 'extractive' | 'provider'; name: string }

/** Summarises texts; yields each piece of a summary as it is produced. */
export type TextModel = TextModelInfo & {
  summarize(
    request: SummaryRequest & {
      signal: AbortSignal
      /** Receives what the summary costs us. */
      operation: Pick<RunningOperation, 'reportCost'>
    },
  ): AsyncIterable<string>
}
