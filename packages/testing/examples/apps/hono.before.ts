import { serve } from '@hono/node-server'
import { trpcServer } from '@hono/trpc-server'
import { initTRPC } from '@trpc/server'
import { type Context, Hono } from 'hono'
import { z } from 'zod'
import { artist, env, signIn, type User, userOf } from './studio.ts'

const t = initTRPC.context<{ user: User | null }>().create()
export const router = t.router({
  draw: t.procedure
    .input(z.object({ prompt: z.string() }))
    .mutation(({ input, signal }) => artist.draw(input.prompt, { signal })),
})

const createContext = (_options: unknown, c: Context) => ({
  user: userOf(c.req.header('authorization')),
})
const app = new Hono()
app.post('/sign-in', (c) => c.json(signIn('Ada')))
app.use('/trpc/*', trpcServer({ router, createContext }))
serve({ fetch: app.fetch, port: env.port, hostname: '127.0.0.1' })
