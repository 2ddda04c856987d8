/** Flowglad's API itself, for what `FlowgladServer` has no method for; `new Flowglad({ apiKey })` of `@flowglad/node` is one. */
export type FlowgladApi = {
  get(path: string, options: RequestLimits & { query?: Query }): Promise<unknown>
  post(path: string, options: RequestLimits & { body: unknown }): Promise<unknown>
  put(path: string, options: RequestLimits & { body: unknown }): Promise<unknown>
}

/** What bounds one request: it is sent once, and given up at its deadline or when its signal says so. */
export type RequestLimits = { signal: AbortSignal; timeout: number; maxRetries: 0 }

type Query = Record<string, string | number | undefined>
