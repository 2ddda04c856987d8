import type { AppRouter } from '@tollgate/api'
import { type CreateTRPCReact, createTRPCReact } from '@trpc/react-query'
import type { inferRouterInputs, inferRouterOutputs } from '@trpc/server'

/** The product's procedures as hooks: `trpc.billing.catalog.useQuery()`. */
export const trpc: CreateTRPCReact<AppRouter, unknown> = createTRPCReact<AppRouter>()

/** The input of each procedure, by name. */
export type Inputs = inferRouterInputs<AppRouter>
/** The output of each procedure, by name. */
export type Outputs = inferRouterOutputs<AppRouter>
