import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

/** Where an installation records its last backup. */
const FILE = 'last-backup.json'

const schema = z.object({ takenAt: z.iso.datetime() })

/** Records that a backup of the databases and the secrets began at this instant. */
export function recordBackup(dataDirectory: string, takenAt: Date): void {
  const record = { takenAt: takenAt.toISOString() }
  writeFileSync(join(dataDirectory, FILE), `${JSON.stringify(record)}\n`, { mode: 0o600 })
}

/** When the last recorded backup began; null if none was recorded or the record is unreadable. */
export function readLastBackup(dataDirectory: string): Date | null {
  try {
    const text = readFileSync(join(dataDirectory, FILE), 'utf8')
    return new Date(schema.parse(JSON.parse(text)).takenAt)
  } catch {
    return null
  }
}
