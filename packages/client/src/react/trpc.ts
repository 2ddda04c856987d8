import type { AppRouter } from '@tollgate/api'
import { createTRPCReact } from '@trpc/react-query'

/** The product's procedures as hooks: `trpc.billing.catalog.useQuery()`. */
export const trpc = createTRPCReact<AppRouter>()
