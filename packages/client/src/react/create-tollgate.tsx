import type { Balance, OperationKey } from '@tollgate/contract'
import { type QueryClient, QueryClientProvider } from '@tanstack/react-query'
import type { AnyRouter } from '@trpc/server'
import type { ReactNode } from 'react'
import type { Tollgate } from '../create-tollgate.ts'
import type { BilledApi, BilledCall, BilledStreamCall } from '../router/billed-api.ts'
import type { BillingErrorOf, MeterOf } from '../router/meter-of.ts'
import { pathOf } from '../router/path-of.ts'
import { type CoreOptions, createTollgateCore } from '../tollgate-core.ts'
import type { TollgateOptions } from '../tollgate-options.ts'
import { withProcedures } from '../with-procedures.ts'
import { keepNewestBalances, writeBalances } from './balance-cache.ts'
import { isRetriedAbove } from './click.ts'
import { createQueryClient } from './create-query-client.ts'
import { createStreamStore } from './stream-store.ts'
import { useBalance, useBalances } from './use-balances.ts'
import { type BilledMutation, useBilled } from './use-billed.ts'
import { type BilledStream, useBilledStream } from './use-billed-stream.ts'
import { type PendingOperation, usePendingOperations } from './use-pending-operations.ts'

/** A client for one router, with hooks for its procedures and balances. */
export type ReactTollgate<Router extends AnyRouter> = Tollgate<Router> & {
  queryClient: QueryClient
  /** Provides the query client to components. */
  Provider(props: { children: ReactNode }): ReactNode
  /**
   * Calls a billed procedure so that one click is charged at most once.
   * @example const draw = tollgate.useBilled((api) => api.draw)
   */
  useBilled<Input, Output>(
    select: (api: BilledApi<Router>) => BilledCall<Input, Output, unknown>,
  ): BilledMutation<Input, Output, BillingErrorOf<Router>>
  /**
   * Calls a streaming billed procedure so that one click is charged at most once.
   * @example const summary = tollgate.useBilledStream((api) => api.summarize)
   */
  useBilledStream<Input, Chunk>(
    select: (api: BilledApi<Router>) => BilledStreamCall<Input, Chunk, unknown>,
  ): BilledStream<Input, Chunk, BillingErrorOf<Router>>
  /** The current balance of one meter; a stale value stays on screen while a fresh one is fetched. */
  useBalance(meter: MeterOf<Router>): {
    balance: Balance | null
    isPending: boolean
    isError: boolean
  }
  /** All balances, including those of meters that are newer than this program. */
  useBalances(): { balances: readonly Balance[] | null; isPending: boolean; isError: boolean }
  /** Billed calls in flight from this window: what a meter shows as held before the server reports it. */
  usePendingOperations(): PendingOperation[]
}

/**
 * Makes a client for a router from its type, with hooks. One per application, or one per session.
 * @example
 * export const tollgate = createTollgate<AppRouter>({ url: '/trpc', streams: { summarize: true } })
 * const draw = tollgate.useBilled((api) => api.draw)
 * draw.submit({ prompt: 'a fox' })
 */
export function createTollgate<Router extends AnyRouter>(
  options: TollgateOptions<Router> & {
    /** The application's own; by default a new one that follows the retry policy. */
    queryClient?: QueryClient
  },
): ReactTollgate<Router>
export function createTollgate(options: CoreOptions & { queryClient?: QueryClient }): object {
  const queryClient = options.queryClient ?? createQueryClient()
  const core = createTollgateCore({
    ...options,
    // The query client applies the same policy to the others, and shows the failures in between.
    isRetried: (op) => op.type === 'mutation' && !isRetriedAbove(op),
  })
  const tollgate = {
    ...core,
    queryClient,
    streams: createStreamStore(),
    leftClicks: new Map<string, OperationKey>(),
  }
  keepNewestBalances(queryClient)
  core.onBalances((updates) => writeBalances(queryClient, updates))
  return {
    ...withProcedures(core),
    queryClient,
    Provider: ({ children }: { children: ReactNode }) => (
      <QueryClientProvider client={queryClient}>{children}</QueryClientProvider>
    ),
    useBilled: (select: Select) => useBilled(tollgate, pathOf(select)),
    useBilledStream: (select: Select) => useBilledStream(tollgate, pathOf(select)),
    useBalance: (meter: string) => useBalance(tollgate, meter),
    useBalances: () => useBalances(tollgate),
    usePendingOperations: () => usePendingOperations(queryClient),
  }
}

type Select = (api: object) => unknown
