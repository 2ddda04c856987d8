import { FlowgladServer } from '@flowglad/server'
import { serve } from '@hono/node-server'
import { trpcServer } from '@hono/trpc-server'
import { defineCatalog } from '@tollgate/contract'
import { flowgladBackend } from '@tollgate/flowglad'
import { startMetering } from '@tollgate/metering'
import { billingErrors, createBilling } from '@tollgate/trpc'
import { initTRPC } from '@trpc/server'
import { type Context, Hono } from 'hono'
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

const createContext = (_options: unknown, c: Context) => ({
  user: userOf(c.req.header('authorization')),
})
const app = new Hono()
app.post('/sign-in', (c) => c.json(signIn('Ada')))
app.use('/trpc/*', trpcServer(billing.http({ router, createContext })))
serve({ fetch: app.fetch, port: env.port, hostname: '127.0.0.1' })
