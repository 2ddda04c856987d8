import type { Context } from '../context.ts'
import type { KeyOwner } from './api-keys.ts'

/** The owner whose keys a caller sees and changes: the organization that it pays for, or the caller itself; null without a user. */
export function ownerOf({ user }: Pick<Context, 'user'>): KeyOwner | null {
  if (!user) return null
  const { id, membership } = user
  return membership?.mayBuy
    ? { kind: 'organization', id: membership.organizationId }
    : { kind: 'user', id }
}
