/** What a check can inspect. */
export type CheckedRequest = {
  method: string
  /** The decoded path, without the query. */
  path: string
  url: string
  header(name: string): string | undefined
  /** The whole body; null if there is none. */
  body: Buffer | null
}

/** Checks a request before it is handled: returns its refusal, or null to let it pass. */
export type RequestCheck = (request: CheckedRequest) => Response | null
