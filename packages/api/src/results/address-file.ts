import { z } from 'zod'
import { type DataUrl, isDataUrl, readDataUrl } from './data-url.ts'

/** The path under which the server serves the files of results, each by the id of its operation. */
export const RESULTS_PATH = '/api/results'

/** The file of a result, as its caller receives it: fields of the procedure's `.output()`. */
export const fileFields = {
  /** The path of the file on the server, for the customer who paid for it, for three days. */
  url: z
    .string()
    .describe('Where the file is, below the address of the server, for its buyer and three days'),
  /** @deprecated The same as `url`. It was a data URL until 0.1. */
  dataUrl: z.string().meta({ deprecated: true }),
}

/** A file in the result of a billed procedure; it is replaced by its address when the result is sent. */
export function fileResult(file: DataUrl): { url: string; dataUrl: string } {
  return { url: '', dataUrl: file }
}

/** Replaces the file of a result with its address, the same at every replay; a result without a file is unchanged. */
export function addressFile(output: unknown, operationId: string): unknown {
  if (!hasFile(output)) return output
  const url = `${RESULTS_PATH}/${operationId}`
  return { ...output, url, dataUrl: url }
}

/** The file of a stored result, or null when it has none. */
export function fileOf(output: unknown): ReturnType<typeof readDataUrl> | null {
  return hasFile(output) ? readDataUrl(output.dataUrl) : null
}

function hasFile(output: unknown): output is { dataUrl: DataUrl } {
  return (
    typeof output === 'object' &&
    output !== null &&
    'dataUrl' in output &&
    isDataUrl(output.dataUrl)
  )
}
