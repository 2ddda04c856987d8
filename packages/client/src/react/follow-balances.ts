import type { BalanceUpdate } from '@tollgate/contract'
import { isBillingError } from '../billing-error-of.ts'
import { hasNewUse, invalidateBalances, invalidateResults, writeBalances } from './balance-cache.ts'
import type { HookedTollgate } from './click.ts'

/** The first wait before a broken push connection is reopened; doubled up to the maximum. */
const RECONNECT_MS = { first: 1000, last: 15_000 }
/** How long charges from elsewhere are collected before results are refetched: a script may make many per second. */
const GATHER_MS = 500

export type FollowOptions = {
  tollgate: HookedTollgate
  /** The customer whose balances these are: windows of other customers must not receive them. */
  customerId: string
  locks?: LockManager | undefined
  /** Called when the push connection is lost or restored, also in windows that do not own it. */
  onConnection?: (connected: boolean) => void
  /** Called when other data on screen may have changed, such as alerts, also in windows that do not own the connection. */
  onOtherChange?: () => void
  /** Called in the window that owns the connection when the session has ended; balances are then no longer followed. */
  onSignedOut?: () => void
}

/**
 * Keeps this window's balances current while other windows and devices spend: one push connection per browser, owned by the window that
 * holds the lock, which forwards to the others. Returns a function that stops it.
 */
export function followBalances(options: FollowOptions): {
  stop(): void
  /** Forwards updates that this window received to the others. */
  broadcast(updates: readonly BalanceUpdate[]): void
} {
  const { tollgate, customerId, onConnection = () => {}, onOtherChange = () => {} } = options
  const { onSignedOut = () => {} } = options
  const { queryClient } = tollgate
  const name = `tollgate:balances:${customerId}`
  // A phone has one window, and no channel to others.
  const channel = 'BroadcastChannel' in globalThis ? new BroadcastChannel(name) : null
  const stopped = new AbortController()

  let gathering: ReturnType<typeof setTimeout> | undefined
  const write = (updates: readonly BalanceUpdate[]) => {
    if (updates.length === 0) return onOtherChange()
    // Something was charged that this window has no answer for, so its result is not listed here yet.
    if (gathering === undefined && hasNewUse(queryClient, updates)) {
      gathering = setTimeout(() => {
        gathering = undefined
        invalidateResults(queryClient)
      }, GATHER_MS)
    }
    writeBalances(queryClient, updates)
  }

  channel?.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    if (isUpdates(data)) write(data)
    else if (typeof data === 'boolean') onConnection(data)
  })
  void lead(options.locks, name, stopped.signal, () =>
    pushUntil(stopped.signal, tollgate, {
      onUpdates(updates) {
        write(updates)
        channel?.postMessage(updates)
      },
      onConnection(connected) {
        if (stopped.signal.aborted) return
        onConnection(connected)
        channel?.postMessage(connected)
      },
      onSignedOut() {
        if (!stopped.signal.aborted) onSignedOut()
      },
    }),
  )
  return {
    stop() {
      stopped.abort()
      clearTimeout(gathering)
      channel?.close()
    },
    broadcast: (updates) => {
      if (!stopped.signal.aborted) channel?.postMessage(updates)
    },
  }
}

/** Runs `work` while this window holds the lock; without locks, every window runs it. */
async function lead(
  locks: LockManager | undefined,
  name: string,
  signal: AbortSignal,
  work: () => Promise<void>,
): Promise<void> {
  if (!locks) return work()
  try {
    await locks.request(name, { signal }, work)
  } catch (error) {
    if (!signal.aborted) throw error
  }
}

type PushListeners = {
  onUpdates(updates: BalanceUpdate[]): void
  onConnection(connected: boolean): void
  onSignedOut(): void
}

async function pushUntil(
  signal: AbortSignal,
  tollgate: HookedTollgate,
  on: PushListeners,
): Promise<void> {
  let waitMs = RECONNECT_MS.first
  let opened = 0
  while (!signal.aborted) {
    const end = await pushOnce(signal, tollgate, {
      ...on,
      onOpen() {
        waitMs = RECONNECT_MS.first
        // Changes missed while disconnected are fetched once.
        if (opened++ === 0) return
        invalidateBalances(tollgate.queryClient)
        on.onUpdates([])
      },
    })
    if (end === 'refused' && (await isSignedOut(tollgate))) return on.onSignedOut()
    await pause(waitMs, signal)
    waitMs = Math.min(waitMs * 2, RECONNECT_MS.last)
  }
}

/** Browsers do not report why a connection was refused; the answer to a call does. */
async function isSignedOut({ untyped }: HookedTollgate): Promise<boolean> {
  try {
    await untyped.query('billing.balance')
    return false
  } catch (error) {
    return isBillingError(error, 'not_signed_in')
  }
}

/** One connection, from opening to loss. */
function pushOnce(
  signal: AbortSignal,
  tollgate: HookedTollgate,
  on: PushListeners & { onOpen(): void },
): Promise<'ended' | 'refused'> {
  return new Promise((resolve) => {
    const subscription = tollgate.untyped.subscription('billing.onBalance', undefined, {
      onStarted: () => on.onOpen(),
      onData: (data) => isUpdates(data) && on.onUpdates(data),
      onConnectionStateChange({ state, error }) {
        if (state === 'pending') on.onConnection(true)
        // The first attempt has no earlier error; every reconnect does.
        else if (error) on.onConnection(false)
      },
      onError() {
        on.onConnection(false)
        end('refused')
      },
      onComplete,
    })
    signal.addEventListener('abort', onComplete, { once: true })
    function onComplete(): void {
      end('ended')
    }
    function end(how: 'ended' | 'refused'): void {
      signal.removeEventListener('abort', onComplete)
      subscription.unsubscribe()
      resolve(how)
    }
  })
}

function isUpdates(data: unknown): data is BalanceUpdate[] {
  return Array.isArray(data)
}

function pause(delayMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve()
    const timer = setTimeout(resolve, delayMs)
    signal.addEventListener(
      'abort',
      () => {
        clearTimeout(timer)
        resolve()
      },
      { once: true },
    )
  })
}
