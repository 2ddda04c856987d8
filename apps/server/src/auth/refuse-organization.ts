import { z } from 'zod'
import type { Guest } from './guest-of.ts'
import type { SignInRefusal } from './refuse-sign-in.ts'
import { isTeamRole } from './team-roles.ts'

/** The routes of the library's organizations that our clients use. */
export const ORGANIZATION_PATHS = [
  '/organization/create',
  '/organization/list',
  '/organization/set-active',
  '/organization/list-members',
  '/organization/update-member-role',
  '/organization/remove-member',
  '/organization/leave',
  '/organization/invite-member',
  '/organization/list-invitations',
  '/organization/get-invitation',
  '/organization/cancel-invitation',
  '/organization/accept-invitation',
  '/organization/reject-invitation',
]

const GIVES_ROLE = new Set(['/organization/invite-member', '/organization/update-member-role'])
const roleSchema = z.object({ role: z.string() })

/** Refuses guests, and roles that only the library knows; null to leave the decision to the library. */
export async function refuseOrganization(asked: {
  path: string
  body: unknown
  guest: () => Promise<Guest | null>
}): Promise<SignInRefusal | null> {
  const { path, body } = asked
  if (!path.startsWith('/organization/')) return null
  const role = roleSchema.safeParse(body).data?.role
  if (GIVES_ROLE.has(path) && !isTeamRole(role)) return { reason: 'no_such_role' }
  return (await asked.guest()) ? { reason: 'guest_in_organization' } : null
}
