import { type AskOrganization, createOrganizationHooks } from '@tollgate/client/react'
import { useSession, useSignedIn } from '../session/session-provider.tsx'
import { askOrganization } from './ask-organization.ts'

/** The organizations of the signed-in user. */
export const { useOrganizations, useMembers, useInvitation, useOrganizationChange } =
  createOrganizationHooks(useAsk)

function useAsk(): AskOrganization {
  const { askAuth: ask } = useSession()
  const session = useSignedIn()
  return (request) => askOrganization({ ask, session }, request)
}
