import { serve } from '@hono/node-server'
import { initTRPC } from '@trpc/server'
import { fetchRequestHandler } from '@trpc/server/adapters/fetch'
import { z } from 'zod'
import { artist, env, signIn, type User, userOf } from './studio.ts'

const t = initTRPC.context<{ user: User | null }>().create()
export const router = t.router({
  draw: t.procedure
    .input(z.object({ prompt: z.string() }))
    .mutation(({ input, signal }) => artist.draw(input.prompt, { signal })),
})

const createContext = ({ req }: { req: Request }) => ({
  user: userOf(req.headers.get('authorization')),
})
export function handle(req: Request): Response | Promise<Response> {
  if (new URL(req.url).pathname === '/sign-in') return Response.json(signIn('Ada'))
  return fetchRequestHandler({ endpoint: '/trpc', req, router, createContext })
}
serve({ fetch: handle, port: env.port, hostname: '127.0.0.1' })
