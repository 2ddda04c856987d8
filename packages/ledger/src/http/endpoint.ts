import type { z } from 'zod'
import type { Ledger } from '../core/ledger.ts'

type Method = 'GET' | 'POST' | 'PUT'

/** The organisation of the API key and the parameters of the path. */
type Scope<Params> = Readonly<{ organizationId: string } & Params>

/** A validated call of one organisation. */
type Call<Params, Query, Body> = {
  ledger: Ledger
  scope: Scope<Params>
  query: Query
  body: Body
}

/** One operation of the API: registered as a route and described in the OpenAPI document from the same definition. */
export type Endpoint = {
  method: string
  /** Below `/api/v1`, parameters as `:name`. */
  path: string
  summary: string
  query: z.ZodType | null
  body: z.ZodType | null
  /** The schema of the response, for the document. */
  answer: z.ZodType
  run(call: Call<Record<string, string>, unknown, unknown>): Promise<unknown>
}

/** The parameters of a path: `/customers/:externalId` has `externalId`. */
type Params<Path extends string> = Path extends `${string}:${infer Name}/${infer Rest}`
  ? { [Key in Name]: string } & Params<`/${Rest}`>
  : Path extends `${string}:${infer Name}`
    ? { [Key in Name]: string }
    : object

type Definition<
  Path extends string,
  Query extends z.ZodType,
  Body extends z.ZodType,
  Answer extends z.ZodType,
> = {
  summary: string
  query?: Query
  body?: Body
  answer: Answer
  handle(call: Call<Params<Path>, z.output<Query>, z.output<Body>>): Promise<z.input<Answer>>
}

/** Defines an operation; its handler sees only validated input and returns what `answer` describes. */
export function endpoint<
  const Path extends string,
  Query extends z.ZodType,
  Body extends z.ZodType,
  Answer extends z.ZodType,
>(route: `${Method} ${Path}`, definition: Definition<Path, Query, Body, Answer>): Endpoint {
  const { summary, query, body, answer, handle } = definition
  const [method = '', path = ''] = route.split(' ')
  return {
    method,
    path,
    summary,
    query: query ?? null,
    body: body ?? null,
    answer,
    run: async (call) => {
      const checked = {
        ...call,
        query: query?.parse(call.query),
        body: body?.parse(call.body),
      }
      return handle(checked as Call<Params<Path>, z.output<Query>, z.output<Body>>)
    },
  }
}
