import { randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import path from 'node:path'

/** Reads the API key from its file; on first use creates it, readable only by this user. */
export function loadApiKey(file: string): string {
  mkdirSync(path.dirname(file), { recursive: true })
  const fresh = newApiKey()
  try {
    // `wx`: of two processes that start at once, one creates the key and both read it.
    writeFileSync(file, `${fresh}\n`, { mode: 0o600, flag: 'wx' })
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  }
  return readFileSync(file, 'utf8').trim()
}

/** Replaces the key in the file atomically, so that no reader sees a partial one. */
export function replaceApiKey(file: string): string {
  const fresh = newApiKey()
  const beside = `${file}.${process.pid}`
  writeFileSync(beside, `${fresh}\n`, { mode: 0o600 })
  renameSync(beside, file)
  return fresh
}

function newApiKey(): string {
  return `tg_test_${randomBytes(32).toString('base64url')}`
}
