import { execFileSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { CLIENT, ROOT } from './places.ts'

/** Where the declarations of the client and of everything its types mention lie between the steps; two builds may run at once. */
export const DECLARATIONS = join(tmpdir(), `tollgate-declarations-${process.pid}`)

/** Lets the compiler write declarations. */
export function emitDeclarations(): void {
  rmSync(DECLARATIONS, { recursive: true, force: true })
  execFileSync(
    join(CLIENT, 'node_modules/.bin/tsc'),
    ['--project', join(CLIENT, 'pack/tsconfig.json'), '--outDir', DECLARATIONS],
    { cwd: CLIENT, stdio: 'inherit' },
  )
}

/** The declaration file of a source file, both from the workspace's root. */
export function declarationOf(source: string): string {
  return join(DECLARATIONS, relative(ROOT, join(ROOT, source)).replace(/\.tsx?$/, '.d.ts'))
}
