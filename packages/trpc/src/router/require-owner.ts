import { notPermitted } from '@tollgate/metering'
import type { Caller } from '../billing-options.ts'
import { toTrpcError } from '../errors/to-trpc-error.ts'

/** Refuses users who do not pay for the customer: invoices, purchases and the plan are for the owner only. */
export function requireOwner({ isOwner }: Pick<Caller, 'isOwner'>): void {
  if (!isOwner) throw toTrpcError(notPermitted('buying'))
}
