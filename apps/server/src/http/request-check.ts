/** What a check may look at. */
export type CheckedRequest = {
  method: string
  /** Decoded, without the query. */
  path: string
  url: string
  header(name: string): string | undefined
  /** The whole body, or null when there is none. */
  body: Buffer | null
}

/** Decides about a request before anything is done for it: its refusal, or null to let it pass. */
export type RequestCheck = (request: CheckedRequest) => Response | null
