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

/** The folder of the generated reference pages, which the guide includes. */
export const REFERENCE = path.join(DOCS, 'reference/api')

/** The built guide as it is published. */
export type BuiltGuide = { directory: string; files: readonly string[] }

/** Builds the guide once per test run; fails on a public export without a comment and on a dead link. */
export async function buildGuide(): Promise<BuiltGuide> {
  const folder = await oncePerRun('guide', async (made) => {
    await buildReference(REFERENCE)
    // Built into a subfolder, because VitePress empties its output folder and `made` marks that a worker is building.
    const args = [VITEPRESS, 'build', '--outDir', path.join(made, SITE)]
    await promisify(execFile)(process.execPath, args, { cwd: DOCS })
  })
  const directory = path.join(folder, SITE)
  return { directory, files: await readdir(directory, { recursive: true }) }
}
