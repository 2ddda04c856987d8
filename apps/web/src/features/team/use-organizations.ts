import { createOrganizationHooks } from '@tollgate/client/react'
import { organizationRequest } from './organization-request.ts'

/** The organizations of the signed-in user. */
export const {
  useOrganizations,
  useMembers,
  useInvitations,
  useInvitation,
  useOrganizationChange,
} = createOrganizationHooks(() => organizationRequest)
