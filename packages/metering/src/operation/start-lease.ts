import type { MeteringError } from '../metering-error.ts'
import type { BilledCall } from '../metering.ts'
import type { OperationRef } from '../store/batch-element.ts'
import { callerGone, deadlineExceeded } from './faults.ts'
import type { Heartbeat } from './heartbeat.ts'
import { holdExpired } from './refusals.ts'

/** The lease of an operation: it ends with its work, at its deadline, when its caller disconnects, or when its hold is lost. */
export type Lease = {
  /** Aborted when the operation is cut short. */
  signal: AbortSignal
  /** What cut it short, or null. */
  cut(): 'deadline' | 'caller' | 'lost' | null
  /** Why the work was cut short, whatever error it threw itself (the cause); null when it was not. */
  failure(cause: unknown): MeteringError | null
  stop(): void
}

/** Starts a lease, which the heartbeat renews. */
export function startLease(options: {
  heartbeat: Heartbeat
  call: BilledCall
  ref: OperationRef
  deadlineMs: number
}): Lease {
  const { heartbeat, call, ref, deadlineMs } = options
  const { procedure, signal } = call
  const ended = new AbortController()
  let cut: ReturnType<Lease['cut']> = null
  const end = (by: typeof cut, reason: unknown) => {
    cut ??= by
    ended.abort(reason)
  }
  const overdue = () => `${procedure} did not end within ${deadlineMs} ms.`
  const timer = setTimeout(() => {
    end('deadline', new DOMException(overdue(), 'TimeoutError'))
  }, deadlineMs).unref()
  const stopBeating = heartbeat.keep(ref, () => end('lost', holdExpired()))
  // A listener, because `AbortSignal.any` would cost as much as the rest of a call.
  const onCallerGone = () => end('caller', signal?.reason)
  if (signal?.aborted) onCallerGone()
  else signal?.addEventListener('abort', onCallerGone, { once: true })

  return {
    signal: ended.signal,
    cut: () => cut,
    failure(cause) {
      if (cut === 'deadline') return deadlineExceeded(overdue(), cause)
      if (cut === 'caller') return callerGone(procedure, cause)
      return cut === 'lost' ? holdExpired() : null
    },
    stop() {
      clearTimeout(timer)
      stopBeating()
      signal?.removeEventListener('abort', onCallerGone)
    },
  }
}
