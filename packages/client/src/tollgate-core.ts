import type { BalanceUpdate, OperationKey, Receipt } from '@tollgate/contract'
import { createTRPCUntypedClient, type Operation, type TRPCUntypedClient } from '@trpc/client'
import type { AnyRouter } from '@trpc/server'
import { createIntentStore, type IntentStore } from './intents/create-intent-store.ts'
import { memoryIntentStorage } from './intents/intent-storage.ts'
import { type Connection, createLinks, type LinkOptions } from './links.ts'

/** The part of a Tollgate client that does not depend on the router. */
export type TollgateCore = {
  /** For calls whose path is only known at run time. */
  untyped: TRPCUntypedClient<AnyRouter>
  /** Every click without a known outcome. */
  intents: IntentStore
  /** The cost of this program's latest calls. */
  receiptOf(key: OperationKey): Receipt | null
  keepReceipt(key: OperationKey, receipt: Receipt): void
  /** Subscribes to the balances of every answer, refusals included; returns a function that unsubscribes. */
  onBalances(listener: (updates: readonly BalanceUpdate[]) => void): () => void
  /** Passes balances that arrived another way to the listeners. */
  announceBalances(updates: readonly BalanceUpdate[]): void
}

/** The options of the core; the typed options say which of them a router needs. */
export type CoreOptions = Connection &
  Pick<LinkOptions, 'streams' | 'transformer'> & {
    /** Stores open clicks; by default in memory, until the program ends. */
    intents?: IntentStore
  }

/** Receipts of the latest clicks; older ones are in the activity list. */
const RECEIPTS_MAX = 20

/** Assembles links, intents and receipts. */
export function createTollgateCore(
  options: CoreOptions & {
    /** Which calls are retried here; the others are retried by something above. */
    isRetried?: (op: Operation) => boolean
  },
): TollgateCore {
  const { transformer, isRetried = () => options.retry !== false } = options
  const intents =
    options.intents ??
    createIntentStore({
      storage: memoryIntentStorage(),
      owner: 'this-program',
      ...(transformer ? { transformer } : {}),
    })
  const receipts = new Map<OperationKey, Receipt>()
  const listeners = new Set<(updates: readonly BalanceUpdate[]) => void>()
  const links = createLinks({
    ...options,
    intents,
    isRetried,
    onReceipt: keepReceipt,
    onBalances: announceBalances,
  })
  return {
    untyped: createTRPCUntypedClient<AnyRouter>({ links }),
    intents,
    receiptOf: (key) => receipts.get(key) ?? null,
    keepReceipt,
    onBalances(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    announceBalances,
  }

  function keepReceipt(key: OperationKey, receipt: Receipt): void {
    receipts.set(key, receipt)
    const [oldest] = receipts.keys()
    if (oldest && receipts.size > RECEIPTS_MAX) receipts.delete(oldest)
  }

  function announceBalances(updates: readonly BalanceUpdate[]): void {
    for (const listener of listeners) listener(updates)
  }
}
