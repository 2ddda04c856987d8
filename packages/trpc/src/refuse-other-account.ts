import { ACTING_FOR_HEADER } from '@tollgate/contract'
import { accountChanged } from '@tollgate/metering'
import { toTrpcError } from './errors/to-trpc-error.ts'

/** Refuses a call (409) from a window that shows a different account than its session now acts for. */
export function refuseOtherAccount(headers: Pick<Headers, 'get'>, account: string): void {
  const shown = headers.get(ACTING_FOR_HEADER) ?? account
  if (shown !== account) throw toTrpcError(accountChanged())
}
