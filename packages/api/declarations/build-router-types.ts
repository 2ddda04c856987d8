import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Plugin, rollup } from 'rollup'
import { dts } from 'rollup-plugin-dts'

const API = fileURLToPath(new URL('..', import.meta.url))

/**
 * Writes the router's type into one declaration file that depends on nothing but tRPC: inputs, outputs and prices, and nothing about the
 * server's implementation.
 */
export async function buildRouterTypes(file: string): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'tollgate-router-types-'))
  try {
    emit(directory)
    const bundle = await rollup({
      input: join(directory, ROUTER),
      plugins: [inline(directory), dts()],
    })
    await bundle.write({ file, format: 'es' })
    await bundle.close()
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
}

const ROUTER = 'packages/api/src/router.d.ts'

/** The workspace's own packages are not available outside of it: their types are inlined into the file. */
const INLINED: Record<string, string> = {
  '@tollgate/contract/catalog': 'packages/contract/src/catalog.gen.d.ts',
  '@tollgate/contract': 'packages/contract/src/index.d.ts',
  '@tollgate/metering': 'packages/metering/src/index.d.ts',
  '@tollgate/trpc': 'packages/trpc/src/index.d.ts',
}

/** Has the compiler write declarations, and removes the server's context from the router's. */
function emit(directory: string): void {
  execFileSync(
    join(API, 'node_modules/.bin/tsc'),
    ['--project', join(API, 'declarations/tsconfig.json'), '--outDir', directory],
    { cwd: API, stdio: 'inherit' },
  )
  const router = join(directory, ROUTER)
  writeFileSync(
    router,
    readFileSync(router, 'utf8')
      .replaceAll(/\bctx: import\("[^"]+"\)\.Context;/g, 'ctx: object;')
      .replaceAll(/\bmeta: import\("[^"]+"\)\.Meta;/g, 'meta: object;')
      .replaceAll(/\bmeta: import\("[^"]+"\)\.Meta & /g, 'meta: '),
  )
}

function inline(directory: string): Plugin {
  return {
    name: 'tollgate-inline',
    resolveId(id, importer) {
      const inlined = INLINED[id]
      if (inlined) return join(directory, inlined)
      if (id.startsWith('.') && importer) return declarationBeside(importer, id)
      return id.startsWith('/') ? null : { id, external: true }
    },
  }
}

function declarationBeside(importer: string, id: string): string {
  const file = join(dirname(importer), id.replace(/\.tsx?$/, '.d.ts'))
  if (!existsSync(file)) throw new Error(`${importer} mentions ${id}, which has no declaration.`)
  return file
}
