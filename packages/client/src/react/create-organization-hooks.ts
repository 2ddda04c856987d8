import type { TeamRole } from '@tollgate/contract'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'

/** A route of organizations below `/api/auth/organization/`: with a body it is a change, without one a read. */
export type OrganizationRequest = { path: string; body?: object }
/** Calls such a route as the person; rejects when the server refuses. */
export type AskOrganization = <Answer>(request: OrganizationRequest) => Promise<Answer>

/** An organization that the person is a member of. */
export type Organization = { id: string; name: string }
/** The members of an organization and their roles. */
export type TeamMember = {
  id: string
  userId: string
  role: TeamRole
  user: { name: string; email: string }
}
/** An invitation that was sent. */
export type Invitation = {
  id: string
  email: string
  role: TeamRole
  status: string
  expiresAt: string
}
/** An invitation as the invited person sees it. */
export type ReceivedInvitation = { organizationName: string; role: TeamRole }

/**
 * Hooks for a person's organizations, independent of the sign-in library.
 * @example export const { useOrganizations } = createOrganizationHooks(() => organizationRequest)
 */
export function createOrganizationHooks(useAsk: () => AskOrganization) {
  return { useOrganizations, useMembers, useInvitations, useInvitation, useOrganizationChange }

  /** The organizations that the person is a member of; none for guests. */
  function useOrganizations({ isGuest }: { isGuest: boolean }) {
    const ask = useAsk()
    return useQuery({
      queryKey: [KEY, 'list'],
      queryFn: () => ask<Organization[]>({ path: 'list' }),
      enabled: !isGuest,
      retry: false,
    })
  }

  /** The members of an organization. */
  function useMembers(organizationId: string) {
    const ask = useAsk()
    const path = `list-members?organizationId=${organizationId}`
    return useQuery({
      queryKey: [KEY, 'members', organizationId],
      queryFn: () => ask<{ members: TeamMember[] }>({ path }),
      retry: false,
    })
  }

  /** Open invitations; the server shows them to owners only. */
  function useInvitations(organizationId: string) {
    const ask = useAsk()
    const path = `list-invitations?organizationId=${organizationId}`
    return useQuery({
      queryKey: [KEY, 'invitations', organizationId],
      queryFn: () => ask<Invitation[]>({ path }),
      retry: false,
      select: (invitations) => invitations.filter(({ status }) => status === 'pending'),
    })
  }

  /** An invitation that the person received; fails for another's, and for one that is no longer open. */
  function useInvitation(invitationId: string) {
    const ask = useAsk()
    const path = `get-invitation?id=${encodeURIComponent(invitationId)}`
    return useQuery({
      queryKey: [KEY, 'invitation', invitationId],
      queryFn: () => ask<ReceivedInvitation>({ path }),
      retry: false,
    })
  }

  /** Changes something about organizations, then refetches all of it. */
  function useOrganizationChange<Answer = unknown>() {
    const ask = useAsk()
    const queryClient = useQueryClient()
    return useMutation({
      mutationFn: (request: OrganizationRequest) => ask<Answer>(request),
      onSuccess: () => queryClient.invalidateQueries({ queryKey: [KEY] }),
      retry: false,
    })
  }
}

const KEY = 'organizations'
