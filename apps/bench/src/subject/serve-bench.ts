import { once } from 'node:events'
import { serve } from '@hono/node-server'
import { type BillingCustomer, customerId } from '@tollgate/contract'
import type { Metering } from '@tollgate/metering'
import type { TRPCError } from '@trpc/server'
import { fetchRequestHandler } from '@trpc/server/adapters/fetch'
import { Hono } from 'hono'
import { type BenchContext, createBenchRouter } from './create-bench-router.ts'
import { CUSTOMER_HEADER } from './customer-header.ts'
import type { FlowgladAccess } from './naive-call.ts'

/** Serves the three procedures over HTTP on a free loopback port, mounted as in the real server. */
export async function serveBench(services: { metering: Metering; flowglad: FlowgladAccess }) {
  const { router, billing } = createBenchRouter(services)
  const app = new Hono()
  app.use('/trpc/*', (context) =>
    fetchRequestHandler(
      billing.http({
        endpoint: '/trpc',
        req: context.req.raw,
        router,
        createContext: ({ req }: { req: Request }): BenchContext => ({
          customer: benchCustomer(req.headers.get(CUSTOMER_HEADER) ?? ''),
          headers: req.headers,
        }),
        onError: ({ error }: { error: TRPCError }) => {
          if (error.code === 'INTERNAL_SERVER_ERROR') console.error(error.cause ?? error)
        },
      }),
    ),
  )
  const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' })
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('No port was given.')
  return {
    port: address.port,
    close: async () => {
      const closed = once(server, 'close')
      server.close()
      if ('closeAllConnections' in server) server.closeAllConnections()
      await closed
    },
  }
}

/** A customer of the benchmark, which consists of a name only. */
export function benchCustomer(id: string): BillingCustomer {
  return { customerId: customerId(id), name: id, email: `${id}@bench.example` }
}
