import { notPermitted } from '@tollgate/metering'
import { toTrpcError } from '@tollgate/trpc'
import type { Membership } from './user.ts'

/** Refuses a member who does not pay for its organization. */
export function requireBuyer({ mayBuy }: Membership): void {
  if (!mayBuy) throw toTrpcError(notPermitted('buying'))
}
