import { readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const DOCS = fileURLToPath(new URL('../', import.meta.url))

/** One page of the guide. */
export type Page = { file: string; text: string }

/** Every page, in no order; parts that pages include are none. */
export function readPages(): Page[] {
  return readdirSync(DOCS, { recursive: true, encoding: 'utf8' })
    .filter((file) => /(?<!\.part)\.md$/.test(file) && !file.includes('node_modules'))
    .map((file) => ({ file, text: readFileSync(path.join(DOCS, file), 'utf8') }))
}
