import { useSignedIn } from '../session/session-provider.tsx'
import { useOrganizations } from './use-organizations.ts'

/** The current team; null for the personal account and until the name is loaded. */
export function useTeamName(): string | null {
  const session = useSignedIn()
  const organizations = useOrganizations(session)
  return organizations.data?.find(({ id }) => id === session.acting.organizationId)?.name ?? null
}
