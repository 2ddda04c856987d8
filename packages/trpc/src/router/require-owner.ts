import { notPermitted } from '@tollgate/metering'
import type { Caller } from '../billing-options.ts'
import { toTrpcError } from '../errors/to-trpc-error.ts'

/** Refuses a user who spends what another one pays for: invoices, purchases and the plan are the owner's. */
export function requireOwner({ isOwner }: Pick<Caller, 'isOwner'>): void {
  if (!isOwner) throw toTrpcError(notPermitted('buying'))
}
