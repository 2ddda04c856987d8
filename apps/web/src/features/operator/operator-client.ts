import type { OperatorRouter } from '@tollgate/api'
import { createTRPCClient, httpLink } from '@trpc/react-query'

/** The operators' procedures, which are not part of the product's router. */
export const operatorClient = createTRPCClient<OperatorRouter>({
  links: [httpLink({ url: '/trpc/operator' })],
})
