import { existsSync, readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const DOCS = fileURLToPath(new URL('../', import.meta.url))
const ROOT = fileURLToPath(new URL('../../../', import.meta.url))
const PACKAGES = path.join(ROOT, 'packages')

/** One page of the guide. */
export type Page = { file: string; text: string }

/** Every page that is written by hand, in no order; parts that pages include are none, nor is what is generated from the source. */
export function readPages(): Page[] {
  return readdirSync(DOCS, { recursive: true, encoding: 'utf8' })
    .filter((file) => /(?<!\.part)\.md$/.test(file) && !/node_modules|^reference\/api\//.test(file))
    .map((file) => ({ file, text: readFileSync(path.join(DOCS, file), 'utf8') }))
}

/** The READMEs of the packages, which have samples too. */
export function readReadmes(): Page[] {
  return readdirSync(PACKAGES)
    .map((name) => `packages/${name}/README.md`)
    .filter((file) => existsSync(path.join(ROOT, file)))
    .map((file) => ({ file, text: readFileSync(path.join(ROOT, file), 'utf8') }))
}
