import { focusManager, onlineManager } from '@tanstack/react-query'
import { createReplay, type OperationKey, type ReplayOutcome } from '@tollgate/client'
import { createContext, type ReactNode, use, useEffect, useMemo, useState } from 'react'
import { useTollgate } from '../../connection/tollgate-context.ts'

type Replayed = {
  /** The outcomes of earlier clicks, newest first, until the user has seen them. */
  outcomes: readonly ReplayOutcome[]
  dismiss(outcome: ReplayOutcome): void
  /** Whether a replay has completed this click; sending it again would be a new purchase. */
  hasEnded(key: OperationKey | null): boolean
  waiting: number
  resume(): void
}

/** The retry interval while calls are pending, in addition to retries at startup, on foregrounding and on reconnecting. */
const RESUME_EVERY_MS = 30_000

const ReplayContext = createContext<Replayed | null>(null)

/** Determines the outcome of clicks whose response was lost, and shows it. */
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

/** The outcomes of earlier clicks. */
export function useReplayed(): Replayed {
  const replayed = use(ReplayContext)
  if (!replayed) throw new Error('useReplayed needs a ReplayProvider above it.')
  return replayed
}
