import { startBillingServer } from '@tollgate/ledger/http'

// The self-hosted billing backend, for apps without a Flowglad account.
const { url, apiKey } = await startBillingServer({
  databaseUrl: process.env['DATABASE_URL'] ?? '',
  port: 0,
  apiKeyFile: 'billing-api-key',
  pricingPath: 'pricing.yaml',
})
process.stdout.write(`${JSON.stringify({ url, apiKey })}\n`)
