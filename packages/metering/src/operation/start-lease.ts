import type { MeteringError } from '../metering-error.ts'
import type { BilledCall } from '../metering.ts'
import type { OperationRef } from '../store/batch-element.ts'
import { callerGone, deadlineExceeded } from './faults.ts'
import type { Heartbeat } from './heartbeat.ts'
import { holdExpired } from './refusals.ts'

/** How long an operation is alive: until its work ends, its deadline, its caller's hanging up, or the loss of its hold. */
export type Lease = {
  /** Aborted by what cuts the operation short. */
  signal: AbortSignal
  /** What cut it short, or null. */
  cut(): 'deadline' | 'caller' | 'lost' | null
  /** Why the work failed when it was cut short, whatever it says itself (the cause); null when it was not. */
  failure(cause: unknown): MeteringError | null
  stop(): void
}

/** Keeps an operation alive by the heartbeat. */
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
  // A listener, because `AbortSignal.any` costs as much as the rest of a call.
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
