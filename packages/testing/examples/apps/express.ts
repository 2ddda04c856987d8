import { FlowgladServer } from '@flowglad/server'
import { defineCatalog } from '@tollgate/contract'
import { flowgladBackend } from '@tollgate/flowglad'
import { startMetering } from '@tollgate/metering'
import { billingErrors, createBilling } from '@tollgate/trpc'
import { initTRPC } from '@trpc/server'
import {
  type CreateExpressContextOptions,
  createExpressMiddleware,
} from '@trpc/server/adapters/express'
import express from 'express'
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

const createContext = ({ req }: CreateExpressContextOptions) => ({
  user: userOf(req.headers.authorization),
})
const app = express()
app.post('/sign-in', (_request, response) => void response.json(signIn('Ada')))
app.use('/trpc', createExpressMiddleware(billing.http({ router, createContext })))
app.listen(env.port, '127.0.0.1')
