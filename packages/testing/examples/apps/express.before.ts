import { initTRPC } from '@trpc/server'
import {
  type CreateExpressContextOptions,
  createExpressMiddleware,
} from '@trpc/server/adapters/express'
import express from 'express'
import { z } from 'zod'
import { artist, env, signIn, type User, userOf } from './studio.ts'

const t = initTRPC.context<{ user: User | null }>().create()
export const router = t.router({
  draw: t.procedure
    .input(z.object({ prompt: z.string() }))
    .mutation(({ input, signal }) => artist.draw(input.prompt, { signal })),
})

const createContext = ({ req }: CreateExpressContextOptions) => ({
  user: userOf(req.headers.authorization),
})
const app = express()
app.post('/sign-in', (_request, response) => void response.json(signIn('Ada')))
app.use('/trpc', createExpressMiddleware({ router, createContext }))
app.listen(env.port, '127.0.0.1')
