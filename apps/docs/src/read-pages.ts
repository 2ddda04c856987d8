import { existsSync, readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const DOCS = fileURLToPath(new URL('../', import.meta.url))
const ROOT = fileURLToPath(new URL('../../../', import.meta.url))
const PACKAGES = path.join(ROOT, 'packages')
/** Folders without handwritten pages. */
const NO_PAGES = new Set(['node_modules', '.vitepress', 'src', 'reference/api'])

/** One page of the documentation. */
export type Page = { file: string; text: string }

/** Every handwritten page; parts that pages include are left out. */
export function readPages(): Page[] {
  return filesIn('')
    .filter((file) => /(?<!\.part)\.md$/.test(file))
    .map((file) => ({ file, text: readFileSync(path.join(DOCS, file), 'utf8') }))
}

/** The READMEs of the packages. */
export function readReadmes(): Page[] {
  return readdirSync(PACKAGES)
    .map((name) => `packages/${name}/README.md`)
    .filter((file) => existsSync(path.join(ROOT, file)))
    .map((file) => ({ file, text: readFileSync(path.join(ROOT, file), 'utf8') }))
}

function filesIn(directory: string): string[] {
  return readdirSync(path.join(DOCS, directory), { withFileTypes: true }).flatMap((entry) => {
    const file = path.posix.join(directory, entry.name)
    if (!entry.isDirectory()) return [file]
    return NO_PAGES.has(file) ? [] : filesIn(file)
  })
}
