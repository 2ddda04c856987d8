import { execFileSync } from 'node:child_process'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { CLIENT, ROOT } from './places.ts'

/** Where the declarations of the client and of everything its types mention lie between the steps; two builds may run at once. */
export const DECLARATIONS = join(tmpdir(), `tollgate-declarations-${process.pid}`)

/** Lets the compiler write declarations, and cuts the server's context out of the router's. */
export function emitDeclarations(options: { keepServerTypes?: boolean } = {}): void {
  rmSync(DECLARATIONS, { recursive: true, force: true })
  execFileSync(
    join(CLIENT, 'node_modules/.bin/tsc'),
    ['--project', join(CLIENT, 'pack/tsconfig.json'), '--outDir', DECLARATIONS],
    { cwd: CLIENT, stdio: 'inherit' },
  )
  if (options.keepServerTypes) return
  const router = declarationOf('packages/api/src/router.ts')
  writeFileSync(router, withoutServerTypes(readFileSync(router, 'utf8')))
}

/** The declaration file of a source file, both from the workspace's root. */
export function declarationOf(source: string): string {
  return join(DECLARATIONS, relative(ROOT, join(ROOT, source)).replace(/\.tsx?$/, '.d.ts'))
}

/** A client needs to know what goes in and what comes out; of how the server does it (context, meta), only what a call costs. */
function withoutServerTypes(router: string): string {
  return router
    .replaceAll(/\bctx: import\("[^"]+"\)\.Context;/g, 'ctx: object;')
    .replaceAll(/\bmeta: import\("[^"]+"\)\.Meta;/g, 'meta: object;')
    .replaceAll(/\bmeta: import\("[^"]+"\)\.Meta & /g, 'meta: ')
}
