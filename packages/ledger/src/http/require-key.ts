import type { MiddlewareHandler } from 'hono'
import type { Ledger } from '../ledger.ts'
import { findOrganizationByKey } from '../organizations/organization.ts'
import { refusal } from './error-response.ts'

/** What a request carries on its way. */
export type LedgerVariables = { Variables: { requestId: string; organizationId: string } }

/** Lets in who has a key; Flowglad's SDK sends it bare, others with `Bearer`. */
export function requireKey(ledger: Ledger): MiddlewareHandler<LedgerVariables> {
  return async function requireKeyOfOrganization(context, next) {
    const header = context.req.header('authorization') ?? ''
    const key = header.replace(/^Bearer\s+/i, '').trim()
    const organizationId = key === '' ? null : await findOrganizationByKey(ledger, key)
    if (organizationId === null) {
      return refusal(context, {
        code: 'UNAUTHORIZED',
        message: 'The API key is missing or unknown. Send it bare in the Authorization header.',
      })
    }
    context.set('organizationId', organizationId)
    return next()
  }
}
