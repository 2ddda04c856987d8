import { type BillingCustomer, customerId } from '@tollgate/contract'
import { z } from 'zod'
import type { Auth } from './create-auth.ts'

const credentialsSchema = z.object({ email: z.string(), password: z.string() })
const ownerSchema = z.object({ name: z.string(), email: z.string(), customerId: z.string() })

/** The customer of the account whose correct password a sign-in request has, or null. */
export async function verifyCredentials(
  auth: Auth,
  request: Request,
): Promise<BillingCustomer | null> {
  const body: unknown = await request
    .clone()
    .json()
    .catch(() => null)
  const credentials = credentialsSchema.safeParse(body)
  if (!credentials.success) return null
  const { internalAdapter, password } = await auth.$context
  const { email, password: given } = credentials.data
  const found = await internalAdapter.findUserByEmail(email, { includeAccounts: true })
  const hash = found?.accounts.find(({ providerId }) => providerId === 'credential')?.password
  const owner = ownerSchema.safeParse(found?.user)
  if (!hash || !owner.success || !(await password.verify({ hash, password: given }))) return null
  const { name, email: address, customerId: id } = owner.data
  return { customerId: customerId(id), name, email: address }
}
