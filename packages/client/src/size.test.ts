import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { expect, it } from 'vitest'

/** What an application has installed already. */
const PEERS = ['@trpc/*', '@tanstack/react-query', 'react', 'react/*']

/** What an entry adds to an application's bundle, compressed. */
async function bytesOf(entry: 'index' | 'react'): Promise<number> {
  const { outputFiles } = await build({
    entryPoints: [`${import.meta.dirname}/${entry}.ts`],
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    jsx: 'automatic',
    external: PEERS,
  })
  return outputFiles.reduce((sum, { contents }) => sum + gzipSync(contents).length, 0)
}

it.each([
  ['index', 8 * 1024],
  ['react', 15 * 1024],
] as const)('the entry %s adds at most %i bytes to an application', async (entry, most) => {
  const bytes = await bytesOf(entry)
  process.stdout.write(`${entry}: ${bytes} bytes compressed\n`)
  expect(bytes).toBeGreaterThan(1000)
  expect(bytes).toBeLessThanOrEqual(most)
})
