import { setMaxListeners } from 'node:events'

/** Aborts streams when a user signs out or leaves an organization, or when an API key is revoked. */
export type AccessSignals = {
  /** Aborted at the holder's next change: the sessions and memberships of a user, or the API keys of an owner. */
  of(holder: string): AbortSignal
  /** The holder's access may have changed. */
  end(holder: string): void
  /** Anyone's access may have changed. */
  endAll(): void
  /** Records whose access ends from now on. */
  note(): { hasEnded(holder: string): boolean; stop(): void }
}

/**
 * Keeps one signal per holder for as long as something listens to it. Unlike a bounded cache it evicts none, so that a busy holder cannot
 * end the streams of an idle one.
 */
export function createAccessSignals(): AccessSignals {
  const signals = new Map<string, WeakRef<AbortSignal>>()
  // A signal does not keep its controller alive, which is needed to abort it.
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
    // Every open stream of the holder is a listener.
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
