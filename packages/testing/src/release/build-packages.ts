import { readdir, readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { PublishedPackage } from './published-packages.ts'
import { runProgram } from './run-program.ts'

/** Compiles each package to its `dist`: unbundled modules, declarations, and source maps. */
export async function buildPackages(
  root: string,
  packages: readonly PublishedPackage[],
): Promise<void> {
  const tsc = path.join(root, 'node_modules/.bin/tsc')
  for (const { directory } of packages) {
    const dist = path.join(directory, 'dist')
    await rm(dist, { recursive: true, force: true })
    await runProgram(tsc, ['--project', 'tsconfig.build.json'], { cwd: directory })
    await nameModulesInDeclarations(dist)
  }
}

/** The compiler writes `./lib.js` in modules but `./lib.ts` in declarations, which not every tool resolves. */
async function nameModulesInDeclarations(dist: string): Promise<void> {
  for (const file of await readdir(dist, { recursive: true })) {
    if (!file.endsWith('.d.ts')) continue
    const declaration = path.join(dist, file)
    const text = await readFile(declaration, 'utf8')
    await writeFile(declaration, text.replaceAll(SOURCE_SPECIFIER, '$1.js$2'))
  }
}

const SOURCE_SPECIFIER = /(\b(?:from|import) ?\(?["']\.{1,2}\/[^"']+)\.tsx?(["'])/g
