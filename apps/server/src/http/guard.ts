/** What a guard may look at. */
export type GuardedRequest = {
  method: string
  /** Decoded, without the query. */
  path: string
  url: string
  header(name: string): string | undefined
  /** The whole body, or null when there is none. */
  body: Buffer | null
}

/** Why a request goes no further. */
export type Refusal = { status: 400 | 403 | 415; error: string; message: string }

/** Decides about a request before anything is done for it; null lets it pass. */
export type Guard = (request: GuardedRequest) => Refusal | null
