import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

/** Where an installation keeps when it was backed up last. */
const FILE = 'last-backup.json'

const schema = z.object({ takenAt: z.iso.datetime() })

/** Records that the databases and the secrets were backed up, at this instant. */
export function recordBackup(dataDirectory: string, takenAt: Date): void {
  const record = { takenAt: takenAt.toISOString() }
  writeFileSync(join(dataDirectory, FILE), `${JSON.stringify(record)}\n`, { mode: 0o600 })
}

/** When the last backup that was recorded began; null when none was, or its record cannot be read. */
export function readLastBackup(dataDirectory: string): Date | null {
  try {
    const text = readFileSync(join(dataDirectory, FILE), 'utf8')
    return new Date(schema.parse(JSON.parse(text)).takenAt)
  } catch {
    return null
  }
}
