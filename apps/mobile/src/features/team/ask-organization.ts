import type { OrganizationRequest } from '@tollgate/client/react'
import type { AskAuth } from '../session/auth-request.ts'
import { refusalOf } from '../session/refusal-of.ts'
import type { Session } from '../session/session.ts'

/** Calls a route of organizations with a session's token; rejects with the server's code if it refuses. */
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
