import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { Plugin } from 'esbuild'

/** The file of tRPC's server that holds the helper. */
const HELPER_FILE = /[\\/]@trpc[\\/]server[\\/]dist[\\/]getErrorShape-[^\\/]+\.mjs$/
const HELPER = /^function _objectSpread2\(e\) \{\n(?:\t.*\n)+\}$/m
const OURS = fileURLToPath(new URL('object-spread.ts', import.meta.url))

/** Replaces tRPC's helper for copying objects with `objectSpread`; fails if the helper is no longer found. */
export function nativeSpread(): Plugin {
  return {
    name: 'native-spread',
    setup(builder) {
      let replaced = false
      builder.onStart(() => {
        replaced = false
      })
      builder.onLoad({ filter: HELPER_FILE }, async ({ path: file }) => {
        const source = await readFile(file, 'utf8')
        const imported = `import { objectSpread as _objectSpread2 } from ${JSON.stringify(OURS)}`
        const contents = source.replace(HELPER, imported)
        replaced ||= contents !== source
        return { contents, loader: 'js' }
      })
      builder.onEnd(() =>
        replaced ? {} : { errors: [{ text: `tRPC has no ${HELPER.source} any more.` }] },
      )
    },
  }
}
