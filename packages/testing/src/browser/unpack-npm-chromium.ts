import { randomBytes } from 'node:crypto'
import { createReadStream, createWriteStream, existsSync } from 'node:fs'
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import { fileURLToPath } from 'node:url'
import { createBrotliDecompress } from 'node:zlib'
import { extract } from 'tar-fs'
import { z } from 'zod'

/** The unpacked browser, and the variables with which it finds its own libraries and fonts. */
export type UnpackedChromium = { executablePath: string; environment: Record<string, string> }

const require = createRequire(import.meta.url)
const CACHE = fileURLToPath(new URL('../../node_modules/.cache/', import.meta.url))
/** The browser is 200 MB, which the default of 16 KB would split into thirteen thousand writes. */
const CHUNK_BYTES = 2 ** 20
const manifest = z.object({ version: z.string() })

/** Unpacks the browser that npm installed, once per version; takes seconds the first time. */
export async function unpackNpmChromium(): Promise<UnpackedChromium> {
  const entry = require.resolve('@sparticuz/chromium')
  const home = path.join(path.dirname(entry), '..')
  const { version } = manifest.parse(
    JSON.parse(await readFile(path.join(home, 'package.json'), 'utf8')),
  )
  const directory = path.join(CACHE, `chromium-${version}`)
  if (!existsSync(directory)) await unpack(path.join(home, 'bin'), directory)
  return {
    executablePath: path.join(directory, 'chromium'),
    environment: {
      // NSS and expat, for systems that lack them.
      LD_LIBRARY_PATH: path.join(directory, 'lib'),
      // The same fonts on every machine, even where none are installed.
      FONTCONFIG_FILE: path.join(directory, 'fonts.conf'),
    },
  }
}

/** Appears complete or not at all: processes may unpack concurrently, and any of them may be killed. */
async function unpack(archives: string, directory: string): Promise<void> {
  const stage = `${directory}.${randomBytes(6).toString('hex')}`
  await mkdir(stage, { recursive: true })
  try {
    const executable = createWriteStream(path.join(stage, 'chromium'), { mode: 0o755 })
    await Promise.all([
      decompress(path.join(archives, 'chromium.br'), executable),
      ...['swiftshader', 'al2023', 'fonts'].map((name) =>
        decompress(path.join(archives, `${name}.tar.br`), extract(stage)),
      ),
    ])
    await writeFile(path.join(stage, 'fonts.conf'), fontConfiguration(directory))
    await rename(stage, directory)
  } catch (error) {
    await rm(stage, { recursive: true, force: true })
    if (!existsSync(directory)) throw error
  }
}

function decompress(archive: string, target: NodeJS.WritableStream): Promise<void> {
  return pipeline(
    createReadStream(archive),
    createBrotliDecompress({ chunkSize: CHUNK_BYTES }),
    target,
  )
}

// The package's own configuration names directories of the service it was made for.
function fontConfiguration(directory: string): string {
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${path.join(directory, 'fonts')}</dir>
  <cachedir>${path.join(directory, 'fonts-cache')}</cachedir>
</fontconfig>
`
}
