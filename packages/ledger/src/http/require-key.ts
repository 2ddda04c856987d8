import { setTimeout as delay } from 'node:timers/promises'
import type { MiddlewareHandler } from 'hono'
import type { Ledger } from '../core/ledger.ts'
import { findKeyHolder } from '../organizations/organization.ts'
import { refusal } from './error-response.ts'
import type { LedgerVariables } from './ledger-variables.ts'

/**
 * Requires an API key; Flowglad's SDK sends it bare, others with `Bearer`. Injected latency and
 * downtime apply here; the dev controls themselves stay reachable.
 */
export function requireKey(ledger: Ledger): MiddlewareHandler<LedgerVariables> {
  return async function requireKeyOfOrganization(context, next) {
    const header = context.req.header('authorization') ?? ''
    const key = header.replace(/^Bearer\s+/i, '').trim()
    const holder = key === '' ? null : await findKeyHolder(ledger, key)
    if (!holder) {
      return refusal(context, {
        code: 'UNAUTHORIZED',
        message: 'The API key is missing or unknown. Send it bare in the Authorization header.',
      })
    }
    context.set('organizationId', holder.organizationId)
    if (typeof __FAULTS__ === 'undefined' || __FAULTS__) {
      if (!ledger.production && !context.req.path.startsWith('/api/v1/dev/')) {
        if (holder.latencyMs > 0) await delay(holder.latencyMs)
        if (holder.down) {
          return refusal(context, {
            code: 'UNAVAILABLE',
            message: 'The backend is down (injected fault).',
          })
        }
      }
    }
    return next()
  }
}

// A build replaces this constant, which removes fault injection.
declare const __FAULTS__: boolean
