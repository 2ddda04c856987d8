import { focusManager, onlineManager } from '@tanstack/react-query'
import { createReplay, type OperationKey, type ReplayOutcome } from '@tollgate/client'
import { createContext, type ReactNode, use, useEffect, useMemo, useState } from 'react'
import { useTollgate } from '../../connection/tollgate-context.ts'

type Replayed = {
  /** What earlier clicks came to, newest first, until the person has seen it. */
  outcomes: readonly ReplayOutcome[]
  dismiss(outcome: ReplayOutcome): void
  /** Whether this click has come to its end by a replay; sending it once more would be a new purchase. */
  hasEnded(key: OperationKey | null): boolean
  waiting: number
  resume(): void
}

/** While something waits, it is tried this often besides every start, return to the app and return of the network. */
const RESUME_EVERY_MS = 30_000

const ReplayContext = createContext<Replayed | null>(null)

/** Finds out what became of clicks that lost their answer, and shows it. */
export function ReplayProvider({ children }: { children: ReactNode }) {
  const tollgate = useTollgate()
  const [outcomes, setOutcomes] = useState<readonly ReplayOutcome[]>([])
  const [ended, setEnded] = useState<ReadonlySet<OperationKey>>(new Set())
  const [waiting, setWaiting] = useState(0)
  const replay = useMemo(
    () =>
      createReplay({
        tollgate,
        onOutcome(outcome) {
          setOutcomes((before) => [outcome, ...before])
          setEnded((before) => new Set(before).add(outcome.intent.key))
        },
      }),
    [tollgate],
  )

  useEffect(() => {
    const resume = () => void replay.resume().then((left) => setWaiting(left.waiting))
    const timer = setInterval(() => onlineManager.isOnline() && resume(), RESUME_EVERY_MS)
    const unsubscribe = [
      onlineManager.subscribe((isOnline) => isOnline && resume()),
      focusManager.subscribe((isFocused) => isFocused && resume()),
    ]
    resume()
    return () => {
      clearInterval(timer)
      for (const stop of unsubscribe) stop()
    }
  }, [replay])

  return (
    <ReplayContext
      value={{
        outcomes,
        waiting,
        hasEnded: (key) => key !== null && ended.has(key),
        dismiss: (seen) => setOutcomes((before) => before.filter((outcome) => outcome !== seen)),
        resume: () => void replay.resume().then((left) => setWaiting(left.waiting)),
      }}
    >
      {children}
    </ReplayContext>
  )
}

/** What earlier clicks came to. */
export function useReplayed(): Replayed {
  const replayed = use(ReplayContext)
  if (!replayed) throw new Error('useReplayed needs a ReplayProvider above it.')
  return replayed
}
