import type { AppRouter } from '@tollgate/api'
import type { BalanceUpdate, OperationKey, Receipt } from '@tollgate/contract'
import { MutationCache, QueryClient } from '@tanstack/react-query'
import { createTRPCClient } from '@trpc/client'
import type { TollgateClient } from '../create-client.ts'
import { createIntentStore, type IntentStore } from '../intents/create-intent-store.ts'
import { memoryIntentStorage } from '../intents/intent-storage.ts'
import { createLinks, type LinkOptions } from '../links.ts'
import { takeOperationKey } from '../operation-key.ts'
import { retryDelay } from '../retry-policy.ts'
import { invalidateBalances, keepNewestBalances, writeBalances } from './balance-cache.ts'

/** Everything a React app needs to call the product; one per app, handed to `TollgateProvider`. */
export type Tollgate = {
  client: TollgateClient
  queryClient: QueryClient
  intents: IntentStore
  receiptOf(key: OperationKey): Receipt | null
  keepReceipt(key: OperationKey, receipt: Receipt): void
  /** Brings pushed balances into the cache. */
  writeBalances(updates: readonly BalanceUpdate[]): void
}

/** Receipts of the last clicks; older ones are in the activity list. */
const RECEIPTS_MAX = 20
/** A balance read this recently is not read again on focus; pushes and headers keep it current. */
const STALE_MS = 5000

/** Puts client, cache and billing rules together. */
export function createTollgate(
  options: Omit<LinkOptions, 'retry' | 'onReceipt' | 'intents'> & {
    /** Keeps open clicks; by default only for as long as the program runs. */
    intents?: IntentStore
  },
): Tollgate {
  const receipts = new Map<OperationKey, Receipt>()
  const intents =
    options.intents ?? createIntentStore({ storage: memoryIntentStorage(), owner: 'this-program' })
  const queryClient = createQueryClient(intents)
  const tollgate: Tollgate = {
    queryClient,
    client: createTRPCClient<AppRouter>({
      links: createLinks({
        ...options,
        // The query client follows the same policy, and shows the failures in between.
        retry: false,
        intents,
        onReceipt: keepReceipt,
        onBalances(updates) {
          writeBalances(queryClient, updates)
          options.onBalances?.(updates)
        },
      }),
    }),
    intents,
    receiptOf: (key) => receipts.get(key) ?? null,
    keepReceipt,
    writeBalances: (updates) => writeBalances(queryClient, updates),
  }
  return tollgate

  function keepReceipt(key: OperationKey, receipt: Receipt): void {
    receipts.set(key, receipt)
    const [oldest] = receipts.keys()
    if (oldest && receipts.size > RECEIPTS_MAX) receipts.delete(oldest)
  }
}

function createQueryClient(intents: IntentStore): QueryClient {
  const retry = {
    retry: (failures: number, error: unknown) => retryDelay(failures, error) !== null,
    retryDelay: (failures: number, error: unknown) => retryDelay(failures, error) ?? 0,
  }
  const queryClient = new QueryClient({
    defaultOptions: { queries: { ...retry, staleTime: STALE_MS }, mutations: retry },
    mutationCache: new MutationCache({
      onSettled(_data, error, variables) {
        const { key } = takeOperationKey(variables)
        if (!key) return
        intents.settle({ key, error })
        invalidateBalances(queryClient)
      },
    }),
  })
  keepNewestBalances(queryClient)
  return queryClient
}
