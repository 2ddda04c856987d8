import { BillingBackendError, type CallOptions, type Logger } from '@tollgate/contract'
import {
  circuitBreaker,
  ConsecutiveBreaker,
  ExponentialBackoff,
  handleWhen,
  isBrokenCircuitError,
  retry,
  timeout,
  TimeoutStrategy,
} from 'cockatiel'
import type { RequestLimits } from './flowglad-api.ts'
import { FlowgladFailure, toFlowgladFailure } from './flowglad-failure.ts'
import type { FlowgladPolicy } from './policy.ts'

/** Sends a request; one that does not support limits is abandoned at the deadline. */
type Send<T> = (limits: RequestLimits) => Promise<T>

/** All requests to Flowglad, with a deadline, a circuit breaker and a retry policy. */
export type Connection = {
  /** Sends a read; retried when the connection broke. */
  read<T>(what: string, send: Send<T>, call?: CallOptions): Promise<T>
  /** Sends a write once: the caller decides whether to repeat it. */
  write<T>(what: string, send: Send<T>, call?: CallOptions): Promise<T>
  /** Like `write`, with the longer deadline that a card payment needs. */
  change<T>(what: string, send: Send<T>, call?: CallOptions): Promise<T>
}

export function createConnection(options: { policy: FlowgladPolicy; logger: Logger }): Connection {
  const { policy, logger } = options
  const breaker = circuitBreaker(
    handleWhen((error) => error instanceof FlowgladFailure && error.outage),
    { halfOpenAfter: policy.openForMs, breaker: new ConsecutiveBreaker(policy.failuresToOpen) },
  )
  breaker.onBreak(() =>
    logger.warn(
      { openForMs: policy.openForMs },
      'flowglad: circuit breaker opened, failing calls at once',
    ),
  )
  breaker.onReset(() => logger.info({}, 'flowglad: circuit breaker closed'))
  const readRetry = retry(
    handleWhen((error) => error instanceof FlowgladFailure && error.brokenConnection),
    {
      maxAttempts: policy.readRetries,
      backoff: new ExponentialBackoff({ initialDelay: 50, maxDelay: 500 }),
    },
  )

  async function attempt<T>(request: Request<T>): Promise<T> {
    try {
      return await breaker.execute(() => withDeadline(request))
    } catch (error) {
      if (!isBrokenCircuitError(error)) throw error
      const message = `Flowglad is not answering; ${request.what} was not sent.`
      throw new FlowgladFailure('unreachable', message, {
        cause: error,
        retryAfterMs: policy.openForMs,
      })
    }
  }

  return {
    read: (what, send, call) =>
      readRetry.execute(
        () => attempt({ what, send, call, deadlineMs: policy.deadlineMs }),
        call?.signal,
      ),
    write: (what, send, call) => attempt({ what, send, call, deadlineMs: policy.deadlineMs }),
    change: (what, send, call) =>
      attempt({ what, send, call, deadlineMs: policy.changeDeadlineMs }),
  }
}

type Request<T> = {
  what: string
  send: Send<T>
  call: CallOptions | undefined
  deadlineMs: number
}

async function withDeadline<T>({ what, send, call, deadlineMs }: Request<T>): Promise<T> {
  // Aggressive: the wait ends at the deadline even if nothing below observes the signal.
  const deadline = timeout(deadlineMs, TimeoutStrategy.Aggressive)
  try {
    return await deadline.execute(
      async ({ signal }) => send({ signal, timeout: deadlineMs, maxRetries: 0 }),
      call?.signal,
    )
  } catch (error) {
    if (error instanceof BillingBackendError) throw error
    throw toFlowgladFailure(error, what, call?.signal)
  }
}
