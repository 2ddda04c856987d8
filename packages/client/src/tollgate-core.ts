import type { BalanceUpdate, OperationKey, Receipt } from '@tollgate/contract'
import { createTRPCUntypedClient, type Operation, type TRPCUntypedClient } from '@trpc/client'
import type { AnyRouter } from '@trpc/server'
import { createIntentStore, type IntentStore } from './intents/create-intent-store.ts'
import { memoryIntentStorage } from './intents/intent-storage.ts'
import { type Connection, createLinks, type LinkOptions } from './links.ts'

/** What of a Tollgate client does not depend on the router. */
export type TollgateCore = {
  /** For calls whose path is known at run time only. */
  untyped: TRPCUntypedClient<AnyRouter>
  /** Every click that has no outcome yet. */
  intents: IntentStore
  /** What a call of this program cost; the last ones are kept. */
  receiptOf(key: OperationKey): Receipt | null
  keepReceipt(key: OperationKey, receipt: Receipt): void
  /** Calls the listener with the balances that come with an answer, refusals included; returns how to stop. */
  onBalances(listener: (updates: readonly BalanceUpdate[]) => void): () => void
  /** Passes balances that arrived another way to the listeners. */
  announceBalances(updates: readonly BalanceUpdate[]): void
}

/** What the core is made of; the typed options say which of it a router needs. */
export type CoreOptions = Connection &
  Pick<LinkOptions, 'streams' | 'transformer'> & {
    /** Keeps open clicks; by default only for as long as the program runs. */
    intents?: IntentStore
  }

/** Receipts of the last clicks; older ones are in the activity list. */
const RECEIPTS_MAX = 20

/** Puts links, intents and receipts together. */
export function createTollgateCore(
  options: CoreOptions & {
    /** Which calls are retried here; the others by something above. */
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
