import type { OrganizationRequest } from '@tollgate/client/react'
import type { AskAuth } from '../session/auth-request.ts'
import { refusalOf } from '../session/refusal-of.ts'
import type { Session } from '../session/session.ts'

/** Asks a route of organizations in the name of a session; fails with the server's code when it refuses. */
export async function askOrganization<Answer>(
  options: { ask: AskAuth; session: Session },
  { path, body }: OrganizationRequest,
): Promise<Answer> {
  const { ask, session } = options
  const response = await ask({
    path: `organization/${path}`,
    from: session,
    ...(body ? { body } : {}),
  })
  if (!response.ok) throw await refusalOf(response)
  return response.json()
}
