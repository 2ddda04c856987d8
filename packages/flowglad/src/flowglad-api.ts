/** Flowglad's API, for what `FlowgladServer` has no method for; `new Flowglad({ apiKey })` of `@flowglad/node` implements it. */
export type FlowgladApi = {
  get(path: string, options: RequestLimits & { query?: Query }): Promise<unknown>
  post(path: string, options: RequestLimits & { body: unknown }): Promise<unknown>
  put(path: string, options: RequestLimits & { body: unknown }): Promise<unknown>
}

/** The limits of one request: it is sent once, and abandoned at its deadline or when its signal aborts. */
export type RequestLimits = { signal: AbortSignal; timeout: number; maxRetries: 0 }

type Query = Record<string, string | number | undefined>
