import { TRPCError } from '@trpc/server'
import type { Caller } from '../billing-options.ts'

/** Refuses a user who spends what another one pays for: invoices, purchases and the plan are the owner's. */
export function requireOwner({ isOwner }: Pick<Caller, 'isOwner'>): void {
  if (isOwner) return
  throw new TRPCError({
    code: 'FORBIDDEN',
    message: 'Only the owner of this account may see and change its billing.',
  })
}
