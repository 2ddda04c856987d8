import type { OrganizationRequest } from '@tollgate/client/react'
import { authClient } from '../account/auth-client.ts'
import { SignInRefusedError } from '../account/use-sign-in.ts'

/** Sends a request to the server; rejects with its code if it refuses. */
export async function organizationRequest<Answer>({
  path,
  body,
}: OrganizationRequest): Promise<Answer> {
  const { data, error } = await authClient.$fetch<Answer>(`/organization/${path}`, {
    method: body ? 'POST' : 'GET',
    ...(body ? { body } : {}),
  })
  if (error) throw new SignInRefusedError(codeOf(error))
  return data
}

function codeOf(error: object): string | null {
  return 'code' in error && typeof error.code === 'string' ? error.code : null
}
