import { AuthError } from './auth-request.ts'
import { textIn } from './parts-of-json.ts'

/** Why the server refused. */
export async function refusalOf(response: Response): Promise<AuthError> {
  const answer: unknown = await response.json().catch(() => null)
  return new AuthError('refused', messageOf(answer, response.status), textIn(answer, 'code'))
}

function messageOf(answer: unknown, status: number): string {
  if (status === 429) return 'Too many attempts. Wait a moment and try again.'
  return textIn(answer, 'message') ?? `Sign-in failed (${status}).`
}
