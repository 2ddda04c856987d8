import type { billedOperation } from './billed-operation.ts'
import { isAsyncIterable } from './stream-of.ts'

type Operation = ReturnType<typeof billedOperation>

/** The operation of one call with its reports watched, and a wrapper for its stream. */
export type WatchedReports = { operation: Operation; chunksOf(output: unknown): unknown }

/** Two equal reports may be a coincidence. */
const EQUAL_REPORTS = 3

/**
 * Detects a stream whose reports never grow: `report` expects the total so far, but got the amount of each chunk. For development; adds a
 * small cost per chunk.
 */
export function watchReports(
  operation: Operation,
  onFlat: (report: string) => void,
): WatchedReports {
  let chunks = 0
  let last = { report: '', atChunk: 0, times: 0 }
  return {
    operation: {
      ...operation,
      report(used) {
        operation.report(used)
        const report = JSON.stringify(used)
        if (report !== last.report) last = { report, atChunk: chunks, times: 1 }
        else if (chunks > last.atChunk) last = { report, atChunk: chunks, times: last.times + 1 }
        if (last.times === EQUAL_REPORTS && /[1-9]/.test(report)) onFlat(report)
      },
    },
    chunksOf: (output) => (isAsyncIterable(output) ? counted(output) : output),
  }

  async function* counted(output: AsyncIterable<unknown>): AsyncGenerator {
    for await (const chunk of output) {
      chunks += 1
      yield chunk
    }
  }
}
