import { randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

/** In the data directory. */
export const SECRETS_FILE = 'secrets.json'

const secretsSchema = z.object({ auth: z.string().min(32), transaction: z.string().min(32) })

/** `auth` signs sessions; `transaction` keys the ids of usage events and must never change while events are pending. */
export type Secrets = z.infer<typeof secretsSchema>

/** Reads the secrets from the data directory, making them on the first start; the file is for its owner only. */
export function loadSecrets(dataDirectory: string): Secrets {
  mkdirSync(dataDirectory, { recursive: true, mode: 0o700 })
  const path = join(dataDirectory, SECRETS_FILE)
  try {
    const made = { auth: randomSecret(), transaction: randomSecret() }
    // 'wx' fails when the file is there: of two first starts at once, one writes and both read the same.
    writeFileSync(path, `${JSON.stringify(made, null, 2)}\n`, { mode: 0o600, flag: 'wx' })
  } catch (error) {
    if (!isFileExists(error)) throw error
  }
  return secretsSchema.parse(JSON.parse(readFileSync(path, 'utf8')))
}

function randomSecret(): string {
  return randomBytes(32).toString('base64url')
}

function isFileExists(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EEXIST'
}
