import type { z } from 'zod'
import type { Ledger } from '../core/ledger.ts'

/** A validated call of one organisation. */
export type Call<Query, Body> = {
  ledger: Ledger
  organizationId: string
  params: Readonly<Record<string, string>>
  query: Query
  body: Body
}

/** One operation of the API: registered as a route and described in the OpenAPI document from the same definition. */
export type Endpoint = {
  method: 'get' | 'post' | 'put' | 'delete'
  /** Below `/api/v1`, parameters as `:name`. */
  path: string
  summary: string
  query: z.ZodType | null
  body: z.ZodType | null
  /** The shape of its answer, for the document; null where that only says "an object". */
  answer: z.ZodType | null
  run(call: Call<unknown, unknown>): Promise<unknown>
}

type Definition<Query extends z.ZodType, Body extends z.ZodType> = {
  method: Endpoint['method']
  path: string
  summary: string
  query?: Query
  body?: Body
  answer?: z.ZodType
  handle(call: Call<z.output<Query>, z.output<Body>>): Promise<unknown>
}

/** Defines an operation; its handler sees only validated input. */
export function endpoint<Query extends z.ZodType, Body extends z.ZodType>(
  definition: Definition<Query, Body>,
): Endpoint {
  const { method, path, summary, query, body, answer, handle } = definition
  return {
    method,
    path,
    summary,
    query: query ?? null,
    body: body ?? null,
    answer: answer ?? null,
    run: async (call) => {
      const checked = {
        ...call,
        query: query?.parse(call.query),
        body: body?.parse(call.body),
      }
      return handle(checked as Call<z.output<Query>, z.output<Body>>)
    },
  }
}
