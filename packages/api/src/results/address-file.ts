import { type DataUrl, isDataUrl, readDataUrl } from './data-url.ts'

/** Below it the server sends the files of results, each at the id of its operation. */
export const RESULTS_PATH = '/api/results'

/** A result as its caller gets it: the address of its file instead of the file. */
export type Addressed<Result> = Result extends { dataUrl: DataUrl }
  ? Omit<Result, 'dataUrl'> & {
      /** Where the file is sent, below the server's address: to the customer who paid for it, for three days. */
      url: string
      /** @deprecated The same as `url`. It was a data URL until 0.1. */
      dataUrl: string
    }
  : Result

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
