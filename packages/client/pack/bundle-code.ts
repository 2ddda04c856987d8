import { join } from 'node:path'
import { build } from 'esbuild'
import { CLIENT, ENTRIES } from './places.ts'

/** Makes one module per entry, with what they share in a chunk of its own, so that no state exists twice. */
export async function bundleCode(): Promise<void> {
  await build({
    absWorkingDir: CLIENT,
    entryPoints: ENTRIES.map((entry) => `src/${entry}.ts`),
    outdir: join(CLIENT, 'dist'),
    bundle: true,
    splitting: true,
    format: 'esm',
    target: 'es2022',
    jsx: 'automatic',
    chunkNames: 'shared-[hash]',
    external: ['@trpc/client', '@tanstack/react-query', 'react', 'react/*'],
    // The vocabulary and tRPC's observables are a few kilobytes; a caller need not install them.
    legalComments: 'none',
  })
}
