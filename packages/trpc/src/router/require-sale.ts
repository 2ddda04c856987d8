import { TRPCError } from '@trpc/server'
import type { Caller, CallServices } from '../billing-options.ts'
import { requireOwner } from './require-owner.ts'

/** The application's origin, which a hosted page returns to; refuses callers that may not buy. */
export function requireSale({
  isOwner,
  mayBuy,
  publicUrl,
}: Pick<Caller, 'isOwner'> & Pick<CallServices, 'mayBuy' | 'publicUrl'>): string {
  requireOwner({ isOwner })
  if (!mayBuy) {
    throw new TRPCError({
      code: 'FORBIDDEN',
      message: 'This app may not sell here. The plan can be changed in a browser.',
    })
  }
  if (publicUrl === null) {
    throw new TRPCError({
      code: 'PRECONDITION_FAILED',
      message: 'Nothing can be bought here: createBilling() was given no publicUrl to return to.',
    })
  }
  return publicUrl
}
