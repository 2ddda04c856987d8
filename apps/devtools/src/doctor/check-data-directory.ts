import { accessSync, constants, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Finding } from './finding.ts'

/** Checks that the data directory is usable and keeps its secrets. */
export function checkDataDirectory(directory: string): Finding {
  const about = `Data (${directory})`
  if (!exists(directory)) {
    return isWritable(dirname(directory))
      ? { about, state: 'ok', detail: 'created on the first start' }
      : unusable(about, 'it is not there and cannot be made')
  }
  if (!isWritable(directory)) return unusable(about, 'it cannot be written to')
  const secrets = statSync(join(directory, 'secrets.json'), { throwIfNoEntry: false })
  if (!secrets) return { about, state: 'ok', detail: 'secrets are created on the first start' }
  if ((secrets.mode & 0o077) !== 0) {
    return {
      about,
      state: 'problem',
      detail: 'others can read secrets.json, and with it forge transaction ids',
      fix: `chmod 600 ${join(directory, 'secrets.json')}`,
    }
  }
  return { about, state: 'ok', detail: 'secrets are there, for their owner only; back them up' }
}

function unusable(about: string, detail: string): Finding {
  return { about, state: 'problem', detail, fix: 'Set DATA_DIR to a directory you may write to.' }
}

function exists(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false }) !== undefined
}

function isWritable(path: string): boolean {
  try {
    accessSync(path, constants.W_OK)
    return true
  } catch {
    return false
  }
}
