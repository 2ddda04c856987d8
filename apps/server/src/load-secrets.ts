import { randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

/** In the data directory. */
export const SECRETS_FILE = 'secrets.json'

const secretsSchema = z.object({ auth: z.string().min(32), transaction: z.string().min(32) })

/** `auth` signs sessions; `transaction` keys the ids of usage events and must never change while events are pending. */
export type Secrets = z.infer<typeof secretsSchema>

/** Reads the secrets from the data directory, creating them on the first start. */
export function loadSecrets(dataDirectory: string): Secrets {
  const created = { auth: randomSecret(), transaction: randomSecret() }
  const text = readOrCreate(dataDirectory, SECRETS_FILE, JSON.stringify(created, null, 2))
  return secretsSchema.parse(JSON.parse(text))
}

/**
 * Reads the secret with which the self-hosted backend signs its webhooks, creating it on the first start. Losing it is harmless:
 * the next start creates another one and passes it to the backend.
 */
export function loadWebhookSecret(dataDirectory: string): string {
  return readOrCreate(
    dataDirectory,
    'webhook-secret',
    `whsec_${randomBytes(24).toString('base64')}`,
  )
}

/** Reads a file of the data directory, creating it with `content` if it is missing; readable only by its owner. */
export function readOrCreate(directory: string, name: string, content: string): string {
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  const path = join(directory, name)
  try {
    // 'wx' fails if the file exists: of two concurrent first starts, one writes and both read the same.
    writeFileSync(path, `${content}\n`, { mode: 0o600, flag: 'wx' })
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  }
  return readFileSync(path, 'utf8').trim()
}

function randomSecret(): string {
  return randomBytes(32).toString('base64url')
}
