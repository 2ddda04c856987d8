import { AuthError } from '../session/auth-request.ts'
import { Words } from '../../ui/words.tsx'
import { copy } from '../../copy.ts'

/** Why the server rejected a team change. */
export function TeamError({ error }: { error: unknown }) {
  if (!error) return null
  return (
    <Words tone="danger" alert>
      {copy.t.team.error(error instanceof AuthError ? error.reason : null)}
    </Words>
  )
}
