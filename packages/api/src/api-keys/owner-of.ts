import type { Context } from '../context.ts'
import type { KeyOwner } from './api-keys.ts'

/** Whose keys a caller sees and changes: those of the organization that it pays for, or else its own; null for no user. */
export function ownerOf({ user }: Pick<Context, 'user'>): KeyOwner | null {
  if (!user) return null
  const { id, membership } = user
  return membership?.mayBuy
    ? { kind: 'organization', id: membership.organizationId }
    : { kind: 'user', id }
}
