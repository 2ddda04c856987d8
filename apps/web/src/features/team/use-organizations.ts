import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type OrganizationRequest, organizationRequest } from './organization-request.ts'
import type { TeamRole } from './team-roles.ts'

export type Organization = { id: string; name: string }
export type TeamMember = {
  id: string
  userId: string
  role: TeamRole
  user: { name: string; email: string }
}
export type Invitation = {
  id: string
  email: string
  role: TeamRole
  status: string
  expiresAt: string
}

/** The organizations that the person is a member of; none for guests. */
export function useOrganizations({ isGuest }: { isGuest: boolean }) {
  return useQuery({
    queryKey: [KEY, 'list'],
    queryFn: () => organizationRequest<Organization[]>({ path: 'list' }),
    enabled: !isGuest,
    retry: false,
  })
}

/** Who is in an organization. */
export function useMembers(organizationId: string) {
  return useQuery({
    queryKey: [KEY, 'members', organizationId],
    queryFn: () =>
      organizationRequest<{ members: TeamMember[] }>({
        path: `list-members?organizationId=${organizationId}`,
      }),
    retry: false,
  })
}

/** Which invitations are open; the server shows them to owners alone. */
export function useInvitations(organizationId: string) {
  return useQuery({
    queryKey: [KEY, 'invitations', organizationId],
    queryFn: () =>
      organizationRequest<Invitation[]>({
        path: `list-invitations?organizationId=${organizationId}`,
      }),
    retry: false,
    select: (invitations) => invitations.filter(({ status }) => status === 'pending'),
  })
}

/** Changes something about organizations, and reads all of it again. */
export function useOrganizationChange<Answer = unknown>() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (request: OrganizationRequest) => organizationRequest<Answer>(request),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: [KEY] }),
    retry: false,
  })
}

const KEY = 'organizations'
