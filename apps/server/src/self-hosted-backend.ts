import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** The address and API key of the self-hosted backend of a server running on this machine; null before its first start. */
export function selfHostedBackend(config: {
  dataDirectory: string
  billingPort: number
}): { apiKey: string; baseUrl: string } | null {
  const keyFile = join(config.dataDirectory, 'billing-api-key')
  if (!existsSync(keyFile)) return null
  const apiKey = readFileSync(keyFile, 'utf8').trim()
  return { apiKey, baseUrl: `http://127.0.0.1:${config.billingPort}` }
}
