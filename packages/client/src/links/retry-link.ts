import type { Operation, TRPCLink } from '@trpc/client'
import type { AnyRouter } from '@trpc/server'
import { observable, type Unsubscribable } from '@trpc/server/observable'
import { retryDelay } from '../retry-policy.ts'

/** Retries by the retry policy. Placed after the key link, so every attempt carries the same key. */
export function retryLink(isRetried: (op: Operation) => boolean): TRPCLink<AnyRouter> {
  return () =>
    ({ op, next }) => {
      if (op.type === 'subscription' || !isRetried(op)) return next(op)
      return observable((observer) => {
        let subscription: Unsubscribable | null = null
        let timer: ReturnType<typeof setTimeout> | undefined
        function attempt(failures: number): void {
          subscription = next(op).subscribe({
            next: (value) => observer.next(value),
            complete: () => observer.complete(),
            error: (error) => {
              const delayMs = retryDelay(failures, error)
              if (delayMs === null) observer.error(error)
              else timer = setTimeout(() => attempt(failures + 1), delayMs)
            },
          })
        }
        attempt(0)
        return () => {
          clearTimeout(timer)
          subscription?.unsubscribe()
        }
      })
    }
}
