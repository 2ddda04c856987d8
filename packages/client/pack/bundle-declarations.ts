import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { rollup } from 'rollup'
import { dts } from 'rollup-plugin-dts'
import { declarationOf } from './emit-declarations.ts'
import { CLIENT, ENTRIES } from './places.ts'

/** The vocabulary moves into the tarball: a caller need not install it. */
const INLINED: Record<string, string> = {
  '@tollgate/contract': declarationOf('packages/contract/src/index.ts'),
}

/** Makes one declaration file per entry with nothing in it but what the entry's types mention. */
export async function bundleDeclarations(): Promise<void> {
  const bundle = await rollup({
    input: Object.fromEntries(
      ENTRIES.map((entry) => [entry, declarationOf(`packages/client/src/${entry}.ts`)]),
    ),
    plugins: [
      {
        name: 'tollgate-inline',
        resolveId(id, importer) {
          const inlined = INLINED[id]
          if (inlined) return inlined
          if (id.startsWith('.') && importer) return declarationBeside(importer, id)
          return id.startsWith('/') ? null : { id, external: true }
        },
      },
      dts(),
    ],
  })
  await bundle.write({
    dir: join(CLIENT, 'dist'),
    format: 'es',
    chunkFileNames: 'shared-[hash].d.ts',
    entryFileNames: '[name].d.ts',
  })
  await bundle.close()
}

function declarationBeside(importer: string, id: string): string {
  const file = join(dirname(importer), id.replace(/\.tsx?$/, '.d.ts'))
  if (!existsSync(file)) throw new Error(`${importer} mentions ${id}, which has no declaration.`)
  return file
}
