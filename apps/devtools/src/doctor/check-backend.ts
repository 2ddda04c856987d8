import { BillingBackendError, docsAnchor } from '@tollgate/contract'
import { catalog } from '@tollgate/contract/catalog'
import { openFlowglad, selfHostedBackend } from '@tollgate/server'
import type { Finding } from './finding.ts'

const FIXES = {
  unreachable:
    'Check FLOWGLAD_BASE_URL and the network; customers with credits are served meanwhile.',
  unauthorized: 'Set FLOWGLAD_SECRET_KEY to a key of this account.',
  refused: 'Read the message; the account may lack a pricing model.',
  not_found: 'Import packages/contract/pricing.yaml into the account.',
} as const satisfies Record<BillingBackendError['code'], string>

/** Checks that the billing backend accepts our key and sells what our code names. */
export async function checkBackend(config: {
  flowglad: { apiKey: string; baseUrl: string | undefined } | undefined
  dataDirectory: string
  billingPort: number
  /** The self-hosted backend only runs while the server does. */
  serverIsRunning: boolean
}): Promise<Finding[]> {
  const about = 'Billing backend'
  const target = config.flowglad ?? (config.serverIsRunning ? selfHostedBackend(config) : null)
  if (!target) return [{ about, state: 'ok', detail: 'self-hosted, starts with the server' }]
  try {
    const offers = await openFlowglad(target).readOffers()
    const detail = `takes our key${config.flowglad ? '' : ' (self-hosted)'}`
    return [{ about, state: 'ok', detail }, comparePrices(offers.map(({ priceSlug }) => priceSlug))]
  } catch (error) {
    if (!(error instanceof BillingBackendError)) throw error
    const fix = FIXES[error.code]
    return [{ about, state: 'problem', detail: error.message, fix, docs: docsAnchor(error) }]
  }
}

function comparePrices(sold: readonly string[]): Finding {
  const about = 'Prices'
  const missing = Object.keys(catalog.prices).filter((slug) => !sold.includes(slug))
  if (missing.length === 0) return { about, state: 'ok', detail: 'those of pricing.yaml' }
  return {
    about,
    state: 'problem',
    detail: `the backend does not sell ${missing.join(', ')}`,
    fix: 'Import packages/contract/pricing.yaml there, or run `pnpm pricing:gen` if it was changed here.',
  }
}
