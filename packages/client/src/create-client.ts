import type { AppRouter } from '@tollgate/api'
import { createTRPCClient, type TRPCClient } from '@trpc/client'
import { createLinks, type LinkOptions } from './links.ts'

/** The product's procedures as typed functions. */
export type TollgateClient = TRPCClient<AppRouter>

/**
 * A typed client for web, mobile and Node; retries by the policy, sends billed calls once per operation key.
 * @example
 * const client = createClient({ url: 'http://127.0.0.1:3000/trpc', getToken: () => token })
 * await client.images.generate.mutate(withOperationKey({ prompt: 'a fox' }))
 */
export function createClient(options: LinkOptions): TollgateClient {
  return createTRPCClient<AppRouter>({ links: createLinks(options) })
}
