import { lstat, readdir } from 'node:fs/promises'
import path from 'node:path'

/** The size of a folder's files in bytes; hard links to the same file count once. */
export async function sizeOf(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const counted = new Map<string, number>()
  for (const entry of entries) {
    const file = await lstat(path.join(entry.parentPath, entry.name))
    counted.set(`${file.dev}:${file.ino}`, file.size)
  }
  return [...counted.values()].reduce((sum, bytes) => sum + bytes, 0)
}
