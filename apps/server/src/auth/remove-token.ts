import { z } from 'zod'

const answerSchema = z.looseObject({
  token: z.unknown().optional(),
  session: z.looseObject({ token: z.unknown().optional() }).nullish(),
})

/** Removes the session token from a sign-in response: a script that can read it could steal it. */
export function removeToken(body: string): string {
  const answer = answerSchema.safeParse(parsed(body))
  if (!answer.success) return body
  const { token: _, session, ...rest } = answer.data
  if (!session) return JSON.stringify(rest)
  const { token: __, ...kept } = session
  return JSON.stringify({ ...rest, session: kept })
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return null
  }
}
