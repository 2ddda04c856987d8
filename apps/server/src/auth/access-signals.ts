import { setMaxListeners } from 'node:events'

/** Ends what runs for as long as a user is signed in and a member, or an API key is not revoked. */
export type AccessSignals = {
  /** Aborted at the next change of what a holder has: the sessions and memberships of a user, or the API keys of an owner. */
  of(holder: string): AbortSignal
  /** Something of the holder has changed. */
  end(holder: string): void
  /** Something of anyone may have changed. */
  endAll(): void
  /** Notes whose access ends from now on. */
  note(): { hasEnded(holder: string): boolean; stop(): void }
}

/**
 * Keeps one signal for each holder for as long as something listens to it: there may be more of
 * them than a bounded cache holds, and who is quiet must not lose its streams to who is not.
 */
export function createAccessSignals(): AccessSignals {
  const signals = new Map<string, WeakRef<AbortSignal>>()
  // A signal does not keep its controller, and without it could not be aborted.
  const controllers = new WeakMap<AbortSignal, AbortController>()
  const collected = new FinalizationRegistry<string>((holder) => {
    if (!signals.get(holder)?.deref()) signals.delete(holder)
  })
  const notes = new Set<{ holders: Set<string>; isEveryone: boolean }>()
  return { of, end, endAll, note }

  function of(holder: string): AbortSignal {
    const known = signals.get(holder)?.deref()
    if (known) return known
    const controller = new AbortController()
    const { signal } = controller
    // Every open stream of the holder listens to it.
    setMaxListeners(0, signal)
    controllers.set(signal, controller)
    signals.set(holder, new WeakRef(signal))
    collected.register(signal, holder)
    return signal
  }

  function end(holder: string): void {
    for (const { holders } of notes) holders.add(holder)
    const signal = signals.get(holder)?.deref()
    signals.delete(holder)
    if (signal) controllers.get(signal)?.abort()
  }

  function endAll(): void {
    for (const noted of notes) noted.isEveryone = true
    for (const holder of signals.keys()) end(holder)
  }

  function note() {
    const noted = { holders: new Set<string>(), isEveryone: false }
    notes.add(noted)
    return {
      hasEnded: (holder: string) => noted.isEveryone || noted.holders.has(holder),
      stop: () => void notes.delete(noted),
    }
  }
}
