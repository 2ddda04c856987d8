import { BillingBackendError, hasErrorBrand } from '@tollgate/contract'
import { TaskCancelledError } from 'cockatiel'

/** A failed call to Flowglad, with what the breaker and the relay need beyond the port's error. */
export class FlowgladFailure extends BillingBackendError {
  static override [Symbol.hasInstance](value: unknown): value is FlowgladFailure {
    return hasErrorBrand(value, 'BillingBackendError') && 'brokenConnection' in value
  }

  /** True when Flowglad itself seems to be down, rather than having rejected this request. */
  readonly outage: boolean
  /** True when a broken connection prevented the request from arriving or cut off its answer. */
  readonly brokenConnection: boolean
  readonly status: number | null

  constructor(
    code: BillingBackendError['code'],
    message: string,
    options: {
      cause?: unknown
      retryAfterMs?: number
      outage?: boolean
      brokenConnection?: boolean
      status?: number
    } = {},
  ) {
    super(code, message, options)
    this.outage = options.outage ?? false
    this.brokenConnection = options.brokenConnection ?? false
    this.status = options.status ?? null
  }
}

/** Classifies an error from the SDK; `what` names the call in the message. */
export function toFlowgladFailure(
  error: unknown,
  what: string,
  signal?: AbortSignal,
): FlowgladFailure {
  if (error instanceof FlowgladFailure) return error
  if (signal?.aborted) {
    return new FlowgladFailure('unreachable', `${what} was abandoned by its caller.`, {
      cause: error,
    })
  }
  // By class: cockatiel 3.2.1's own `isTaskCancelledError` checks for another error's mark.
  if (error instanceof TaskCancelledError) {
    return new FlowgladFailure('unreachable', `Flowglad did not answer ${what} in time.`, {
      cause: error,
      outage: true,
    })
  }
  if (error instanceof Error && 'status' in error && typeof error.status === 'number') {
    return fromStatus(error, error.status, what)
  }
  if (isTransportError(error)) {
    return new FlowgladFailure('unreachable', `The connection to Flowglad broke during ${what}.`, {
      cause: error,
      outage: true,
      brokenConnection: true,
    })
  }
  // The SDK checks some things itself before it sends anything, such as who owns a subscription.
  return new FlowgladFailure('refused', `${what} was refused: ${excerpt(error)}`, { cause: error })
}

function fromStatus(error: Error, status: number, what: string): FlowgladFailure {
  const envelope = 'error' in error ? error.error : undefined
  const answer = `Flowglad answered ${what} with ${excerpt(error)}`
  const retryAfterMs = retryAfter('headers' in error ? error.headers : undefined)
  const options = { cause: error, status, ...(retryAfterMs === null ? {} : { retryAfterMs }) }
  if (status === 401 || status === 403) {
    return new FlowgladFailure('unauthorized', `${answer}. Check the API key.`, options)
  }
  const code = envelopeCode(envelope)
  const isFlowglads = code !== null || nestedCode(envelope) !== null
  if (code === 'NOT_FOUND') return new FlowgladFailure('not_found', answer, options)
  if (status === 408 || status === 429) return new FlowgladFailure('unreachable', answer, options)
  // Without Flowglad's own error body, the answer is from a proxy and says nothing about the request.
  if (isFlowglads && status < 500) return new FlowgladFailure('refused', answer, options)
  // Flowglad sends many refusals as 500 with its own error body; that proves that it is up, so the breaker must not count it.
  return new FlowgladFailure('unreachable', answer, { ...options, outage: code === null })
}

function isTransportError(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  // The SDK's connection errors carry a `status` that is undefined; the rest is fetch's own.
  return (
    'status' in error ||
    error.name === 'AbortError' ||
    error.name === 'TimeoutError' ||
    error instanceof TypeError ||
    error instanceof SyntaxError
  )
}

function envelopeCode(envelope: unknown): string | null {
  if (typeof envelope !== 'object' || envelope === null || !('code' in envelope)) return null
  return typeof envelope.code === 'string' ? envelope.code : null
}

/** The hosted API nests some error bodies one level deeper; the SDK does not recognise those as "not found". */
function nestedCode(envelope: unknown): string | null {
  if (typeof envelope !== 'object' || envelope === null || !('error' in envelope)) return null
  return envelopeCode(envelope.error)
}

function retryAfter(headers: unknown): number | null {
  if (!(headers instanceof Headers)) return null
  const milliseconds = Number(headers.get('retry-after-ms') ?? Number.NaN)
  if (Number.isFinite(milliseconds) && milliseconds >= 0) return milliseconds
  const seconds = Number(headers.get('retry-after') ?? Number.NaN)
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : null
}

/** Long enough for the reason, short enough for a log line. */
const EXCERPT_MAX = 300

function excerpt(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).slice(0, EXCERPT_MAX)
}
