import { appRouter } from '@tollgate/api'
import { z } from 'zod'
import type { Auth } from '../../src/auth/create-auth.ts'
import type { RunningServer } from '../../src/start-server.ts'
import type { FuzzedRoute } from './fuzzed-route.ts'

type Route = RunningServer['routes'][number]

/** Every route of the server, from its router, procedures and sign-in, so that new routes are fuzzed automatically. */
export function serverRoutes(routes: readonly Route[], auth: Auth): FuzzedRoute[] {
  const mounted = routes.map(({ method, path }) => routeOf('server', { method, path }))
  return withoutCopies([...mounted, ...procedures(), ...signInRoutes(auth)])
}

/** Every route of the billing backend, with the schemas of its OpenAPI document. */
export function billingRoutes(routes: readonly Route[], document: unknown): FuzzedRoute[] {
  const { paths } = documentSchema.parse(document)
  const mounted = routes.filter(isNoDevControl).map(({ method, path }) => {
    const named = path.replaceAll(/:(\w+)/gu, '{$1}')
    const operation = operationSchema.safeParse(paths[named]?.[method.toLowerCase()])
    const body = operation.data?.requestBody?.content['application/json'].schema
    return routeOf('billing', { method, path, schema: body })
  })
  return withoutCopies(mounted)
}

/** Injected faults would answer everything afterwards with 503, and a clock that runs ahead would end every period. */
function isNoDevControl({ method, path }: Route): boolean {
  return method === 'GET' || !/\/(?:dev|controls)\//u.test(path)
}

/** A deleted guest could not be checked for leaks afterwards. */
const ENDS_THE_CUSTOMER = 'account.delete'

function procedures(): FuzzedRoute[] {
  const found: Record<string, unknown> = appRouter._def.procedures
  const kept = Object.entries(found).filter(([name]) => name !== ENDS_THE_CUSTOMER)
  return kept.map(([name, procedure]) => {
    const { type, inputs = [] } = procedureSchema.parse(
      typeof procedure === 'function' && '_def' in procedure ? procedure._def : {},
    )
    const isMutation = type === 'mutation'
    const method = isMutation ? 'POST' : 'GET'
    const schema = jsonSchema(inputs[0])
    return routeOf('server', {
      method,
      path: `/trpc/${name}`,
      schema,
      inputInQuery: !isMutation,
    })
  })
}

/** All of the library's routes, including those that the server does not serve. */
function signInRoutes({ api }: Auth): FuzzedRoute[] {
  return Object.values(api).flatMap((endpoint: unknown) => {
    const { data } = endpointSchema.safeParse(endpoint)
    if (!data) return []
    const methods = [data.options.method].flat()
    const path = `/api/auth${data.path}`
    return methods.map((method) =>
      routeOf('server', { method, path, schema: jsonSchema(data.options.body) }),
    )
  })
}

function routeOf(
  program: FuzzedRoute['program'],
  route: Pick<FuzzedRoute, 'method' | 'path'> & Partial<FuzzedRoute>,
): FuzzedRoute {
  return { schema: undefined, inputInQuery: false, ...route, program }
}

/** Middleware is registered under the paths of routes; later entries are more specific. */
function withoutCopies(routes: readonly FuzzedRoute[]): FuzzedRoute[] {
  return [...new Map(routes.map((route) => [`${route.method} ${route.path}`, route])).values()]
}

function jsonSchema(schema: unknown): unknown {
  if (!(schema instanceof z.ZodType)) return undefined
  return z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' })
}

const documentSchema = z.object({ paths: z.record(z.string(), z.record(z.string(), z.unknown())) })
const operationSchema = z.object({
  requestBody: z
    .object({ content: z.object({ 'application/json': z.object({ schema: z.unknown() }) }) })
    .optional(),
})
const procedureSchema = z.object({ type: z.string(), inputs: z.array(z.unknown()).optional() })
const methodSchema = z.string()
const endpointSchema = z.preprocess(
  // An endpoint is a function with properties.
  (value) => (typeof value === 'function' ? Object.assign({}, value) : value),
  z.object({
    path: z.string(),
    options: z.object({
      method: z.union([methodSchema, z.array(methodSchema)]),
      body: z.unknown().optional(),
    }),
  }),
)
