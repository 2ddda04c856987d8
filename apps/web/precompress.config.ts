import { readdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { Plugin } from 'vite'

const COMPRESSIBLE = /\.(?:css|html|js|json|svg|txt)$/
/** Smaller files fit in one packet anyway. */
const BYTES_MIN = 1024

/** Writes every text file of the build a second and third time, in brotli and gzip, so that the server compresses nothing. */
export function precompress(): Plugin {
  return {
    name: 'precompress',
    apply: 'build',
    async writeBundle({ dir }) {
      if (!dir) return
      const files = await readdir(dir, { recursive: true })
      await Promise.all(
        files
          .filter((name) => COMPRESSIBLE.test(name))
          .map((name) => writeEncoded(path.join(dir, name))),
      )
    },
  }
}

async function writeEncoded(file: string): Promise<void> {
  const content = await readFile(file)
  if (content.byteLength < BYTES_MIN) return
  const best = { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY } }
  await Promise.all([
    promisify(brotliCompress)(content, best).then((bytes) => writeFile(`${file}.br`, bytes)),
    promisify(gzip)(content, { level: constants.Z_BEST_COMPRESSION }).then((bytes) =>
      writeFile(`${file}.gz`, bytes),
    ),
  ])
}
