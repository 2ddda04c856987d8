import { readFile } from 'node:fs/promises'
import { hasCode } from './has-code.ts'

/** Reads a text file; null when there is none. */
export async function readOrNull(file: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return null
    throw error
  }
}
