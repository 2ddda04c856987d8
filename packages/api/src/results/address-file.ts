import { z } from 'zod'
import { type DataUrl, isDataUrl, readDataUrl } from './data-url.ts'

/** Below it the server sends the files of results, each at the id of its operation. */
export const RESULTS_PATH = '/api/results'

/** The file of a result, as its caller gets it: fields of the `.output()` of its procedure. */
export const fileFields = {
  /** Where the file is sent, below the server's address: to the customer who paid for it, for three days. */
  url: z
    .string()
    .describe('Where the file is, below the address of the server, for its buyer and three days'),
  /** @deprecated The same as `url`. It was a data URL until 0.1. */
  dataUrl: z.string().meta({ deprecated: true }),
}

/** A file as a part of what a billed procedure returns; its address takes its place when the result leaves. */
export function fileResult(file: DataUrl): { url: string; dataUrl: string } {
  return { url: '', dataUrl: file }
}

/** Puts the address of its file into a result, the same at every replay; a result without a file is as it was. */
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
