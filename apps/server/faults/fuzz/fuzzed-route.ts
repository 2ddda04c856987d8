/** A route to send anything to: how it is called, and what is known of its input. */
export type FuzzedRoute = {
  program: 'server' | 'billing'
  method: string
  /** Parameters as `:name`, the rest of a path as `*`. */
  path: string
  /** Whether its input travels as JSON in the query, as tRPC's reads do. */
  inputInQuery: boolean
  /** A JSON Schema of its input, when the program says one. */
  schema: unknown
}
