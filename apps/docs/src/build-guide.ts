import { execFile } from 'node:child_process'
import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { oncePerRun } from '@tollgate/testing/once-per-run'
import { buildReference } from './build-reference.ts'

const DOCS = fileURLToPath(new URL('../', import.meta.url))
const VITEPRESS = path.join(DOCS, 'node_modules/vitepress/bin/vitepress.js')

const SITE = 'site'

/** Where the pages of the reference are written, for the guide to include. */
export const REFERENCE = path.join(DOCS, 'reference/api')

/** The guide as it is published. */
export type BuiltGuide = { directory: string; files: readonly string[] }

/** Builds the guide once per test run; fails on a public export without a comment, and on a link that leads nowhere. */
export async function buildGuide(): Promise<BuiltGuide> {
  const folder = await oncePerRun('guide', async (made) => {
    await buildReference(REFERENCE)
    // VitePress empties the folder that it builds into, and this one shows that a worker is at it.
    const args = [VITEPRESS, 'build', '--outDir', path.join(made, SITE)]
    await promisify(execFile)(process.execPath, args, { cwd: DOCS })
  })
  const directory = path.join(folder, SITE)
  return { directory, files: await readdir(directory, { recursive: true }) }
}
