import { createOrganizationHooks } from '@tollgate/client/react'
import { organizationRequest } from './organization-request.ts'

/** The organizations of the person who is signed in by cookie. */
export const {
  useOrganizations,
  useMembers,
  useInvitations,
  useInvitation,
  useOrganizationChange,
} = createOrganizationHooks(() => organizationRequest)
