import type { Logger } from '@tollgate/contract'
import { LedgerError } from '../core/ledger-error.ts'

const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/

/**
 * Throws for a public URL that the payment provider cannot reach: with real money, customers return to it from the provider's page, and the
 * provider sends its webhooks there.
 */
export function checkPublicUrl(
  settings: {
    publicUrl?: string | undefined
    stripeSecretKey?: string | undefined
    production?: boolean
  },
  logger: Logger,
): void {
  const { publicUrl, stripeSecretKey, production = false } = settings
  const url = publicUrl === undefined ? null : parse(publicUrl)
  if (stripeSecretKey === undefined) return
  const isReachable = url !== null && !LOOPBACK.test(url.hostname)
  if (isReachable && url.protocol === 'https:') return
  const problem = isReachable
    ? `BILLING_PUBLIC_URL is "${url.origin}", which is not https`
    : `${url ? `BILLING_PUBLIC_URL is "${url.origin}"` : 'BILLING_PUBLIC_URL is not set'}, so Stripe can redirect and send webhooks to this machine only`
  const message = `${problem}. Set it to the https address at which this backend is reached, such as https://billing.example.com.`
  if (production) throw new LedgerError('UNPROCESSABLE', message)
  logger.warn({ publicUrl: publicUrl ?? null }, `billing: ${message}`)
}

function parse(publicUrl: string): URL {
  const url = URL.canParse(publicUrl) ? new URL(publicUrl) : null
  if (url && url.origin === publicUrl && /^https?:$/.test(url.protocol)) return url
  throw new LedgerError(
    'UNPROCESSABLE',
    `BILLING_PUBLIC_URL "${publicUrl}" is no origin: write scheme, host and port alone, such as https://billing.example.com.`,
  )
}
