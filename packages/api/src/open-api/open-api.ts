import type { TRPCRouterRecord } from '@trpc/server'
import { describeBilled } from './describe-billed.ts'
import { describeFree } from './describe-free.ts'
import { readProcedures } from './read-procedures.ts'
import { refusalSchemas } from './refusals.ts'

/**
 * Describes a server as an OpenAPI 3.1 document, for Swift, Kotlin and every client without our types: plain JSON in and out, the operation
 * key as a required header of billed calls, every refusal with its body. Answers follow the `.output()` of each procedure.
 */
export function openApi(
  router: TRPCRouterRecord,
  server: {
    url: string
    /** What the server serves besides the router: sign-in, files. */
    paths: Readonly<Record<string, object>>
  },
) {
  const described = readProcedures(router).map((procedure) => {
    const { path, billing } = procedure
    const operations = billing
      ? { post: describeBilled({ ...procedure, billing }) }
      : describeFree(procedure)
    return [`/trpc/${path}`, operations] as const
  })
  return {
    openapi: '3.1.0',
    info: {
      title: 'Tollgate',
      version: '1.0.0',
      description:
        'Sign in, keep the token of `set-auth-token`, and send it as a bearer token; programs send an API key in its place. For a call that costs credits make one Idempotency-Key per click and send it again, with the same body, until there is an answer: the click is charged at most once.',
    },
    servers: [{ url: server.url }],
    security: [{ bearer: [] }],
    paths: { ...server.paths, ...Object.fromEntries(described) },
    components: {
      securitySchemes: {
        bearer: {
          type: 'http',
          scheme: 'bearer',
          description: 'The token of a session, or an API key within its scope.',
        },
      },
      schemas: refusalSchemas(),
    },
  }
}
