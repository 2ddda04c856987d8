import { FlowgladServer } from '@flowglad/server'
import { serve } from '@hono/node-server'
import { defineCatalog } from '@tollgate/contract'
import { flowgladBackend } from '@tollgate/flowglad'
import { startMetering } from '@tollgate/metering'
import { billingErrors, createBilling } from '@tollgate/trpc'
import { initTRPC } from '@trpc/server'
import { fetchRequestHandler } from '@trpc/server/adapters/fetch'
import { z } from 'zod'
import { artist, env, signIn, type User, userOf } from './studio.ts'

const catalog = defineCatalog({
  meters: { renders: { name: 'Renders', unit: 'render', units: 'renders' } },
})
const backend = flowgladBackend({
  catalog,
  flowglad: (customerExternalId, getCustomerDetails) =>
    new FlowgladServer({ ...env.flowglad, customerExternalId, getCustomerDetails }),
})
const metering = await startMetering({ catalog, backend, database: env.dbUrl, secret: env.secret })
const t = initTRPC.context<{ user: User | null }>().create({ errorFormatter: billingErrors })
const billing = createBilling({ t, catalog, metering, customer: (ctx) => ctx.user })
export const router = t.router({
  billing: billing.router,
  draw: billing
    .procedure({ meter: 'renders', amount: 1, example: { prompt: 'a fox' } })
    .input(z.object({ prompt: z.string() }))
    .mutation(({ input, signal }) => artist.draw(input.prompt, { signal })),
})

const createContext = ({ req }: { req: Request }) => ({
  user: userOf(req.headers.get('authorization')),
})
export function handle(req: Request): Response | Promise<Response> {
  if (new URL(req.url).pathname === '/sign-in') return Response.json(signIn('Ada'))
  return fetchRequestHandler(billing.http({ endpoint: '/trpc', req, router, createContext }))
}
serve({ fetch: handle, port: env.port, hostname: '127.0.0.1' })
