/** A route to fuzz: how to call it, and what is known about its input. */
export type FuzzedRoute = {
  program: 'server' | 'billing'
  method: string
  /** Parameters as `:name`, the remaining path as `*`. */
  path: string
  /** Whether its input is JSON in the query string, as for tRPC's queries. */
  inputInQuery: boolean
  /** A JSON Schema of its input, if the program publishes one. */
  schema: unknown
}
