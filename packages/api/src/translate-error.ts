import { BillingBackendError } from '@tollgate/contract'
import { MeteringError } from '@tollgate/metering'
import { toTrpcError } from '@tollgate/metering/trpc'
import { TRPCError } from '@trpc/server'
import { storeFailure } from './store-failure.ts'

/** How long to wait for a backend that does not say. */
const RETRY_MS = 5000

/**
 * Gives an error of metering, of its store or of the billing backend its code for clients; every other error stays what it
 * is. With `work: true` the error may come from somebody's work, whose own failures must not be taken for the store's.
 */
export function translateError(error: TRPCError, { work }: { work: boolean }): TRPCError {
  const { cause } = error
  if (error.code !== 'INTERNAL_SERVER_ERROR') return error
  if (cause instanceof MeteringError) return translated(cause, error)
  const failure = work ? null : storeFailure(cause)
  if (failure) return translated(failure, error)
  if (!(cause instanceof BillingBackendError)) return error
  switch (cause.code) {
    case 'unreachable':
    case 'unauthorized':
      return translated(unavailable(cause), error)
    case 'refused':
      return new TRPCError({
        code: 'BAD_REQUEST',
        message: 'The billing service did not accept this. Reload the page and try again.',
        cause,
      })
    case 'not_found':
      return new TRPCError({ code: 'NOT_FOUND', message: 'There is no such plan or price.', cause })
  }
}

function unavailable(cause: BillingBackendError): MeteringError {
  const reason = {
    kind: 'billing_unavailable',
    message: 'Billing cannot be reached right now. Nothing was charged; try again shortly.',
    retryAfterMs: cause.retryAfterMs ?? RETRY_MS,
  } as const
  return new MeteringError(reason, { cause })
}

function translated(cause: MeteringError, original: TRPCError): TRPCError {
  const error = toTrpcError(cause)
  return error instanceof TRPCError ? error : original
}
