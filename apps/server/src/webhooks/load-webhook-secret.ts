import { randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Reads the secret with which the self-hosted backend signs what it tells us, making it on the first start; the file is for its
 * owner only. Losing it is harmless: the next start makes another one and tells the backend.
 */
export function loadWebhookSecret(dataDirectory: string): string {
  mkdirSync(dataDirectory, { recursive: true, mode: 0o700 })
  const path = join(dataDirectory, 'webhook-secret')
  try {
    // 'wx' fails when the file is there: of two first starts at once, one writes and both read the same.
    writeFileSync(path, `whsec_${randomBytes(24).toString('base64')}\n`, {
      mode: 0o600,
      flag: 'wx',
    })
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  }
  return readFileSync(path, 'utf8').trim()
}
