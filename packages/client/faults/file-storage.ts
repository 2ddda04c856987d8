import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import type { IntentStoreStorage } from '../src/intents/intent-storage.ts'

/** A device's storage as files: each write survives a kill completely or not at all. */
export function fileStorage(directory: string): IntentStoreStorage {
  mkdirSync(directory, { recursive: true })
  const fileOf = (name: string) => join(directory, encodeURIComponent(name))
  return {
    keys: () =>
      readdirSync(directory)
        .filter((file) => !file.endsWith('.new'))
        .map((file) => decodeURIComponent(file)),
    getItem: (name) => (existsSync(fileOf(name)) ? readFileSync(fileOf(name), 'utf8') : null),
    setItem(name, value) {
      writeFileSync(`${fileOf(name)}.new`, value, { flush: true })
      renameSync(`${fileOf(name)}.new`, fileOf(name))
    },
    removeItem: (name) => rmSync(fileOf(name), { force: true }),
  }
}
