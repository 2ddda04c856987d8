import { BillingBackendError } from '@tollgate/contract'
import { billingUnavailable, MeteringError } from '@tollgate/metering'
import { TRPCError } from '@trpc/server'
import { toTrpcError } from './to-trpc-error.ts'

/** How long to wait for a backend that does not say. */
const RETRY_MS = 5000

/**
 * The one place where an error of metering or of the billing backend gets its code for clients; every other error stays what
 * it is. Metering has said already which failures are its store's: a model's refused connection looks just like a database's.
 */
export function translateError(error: TRPCError): TRPCError {
  const { cause } = error
  if (error.code !== 'INTERNAL_SERVER_ERROR') return error
  if (cause instanceof MeteringError) return toTrpcError(cause)
  if (!(cause instanceof BillingBackendError)) return error
  switch (cause.code) {
    case 'unreachable':
    case 'unauthorized':
      return toTrpcError(billingUnavailable(cause.retryAfterMs ?? RETRY_MS, cause))
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
