import type { AppRouter } from '@tollgate/api'
import { type CreateTRPCReact, createTRPCReact } from '@trpc/react-query'

/** The product's procedures as hooks: `trpc.billing.catalog.useQuery()`. */
export const trpc: CreateTRPCReact<AppRouter, unknown> = createTRPCReact<AppRouter>()
