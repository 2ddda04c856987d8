import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { packPublished } from '@tollgate/testing/release'
import { environmentOutside } from './config.ts'

const run = promisify(execFile)
const ROOT = join(import.meta.dirname, '../../..')
const PROJECTS = join(import.meta.dirname, 'projects')

/** Packages that every project with the client installs, at the versions we test with. */
const DEPENDENCIES = {
  '@tanstack/react-query': '5.108.0',
  '@trpc/client': '11.19.0',
  '@trpc/server': '11.19.0',
  '@types/react': '19.2.14',
  react: '19.2.3',
  'react-dom': '19.2.3',
  typescript: '7.0.2',
}

/** The client, and the contract that its types are from. */
const TARBALLS = ['@tollgate/contract', '@tollgate/client']

/** A team's project in a temporary directory, set up as usual: npm, the tarball and its dependencies. */
export type OutsideProject = {
  /** The project itself. */
  directory: string
  /** A directory for other files of a test. */
  beside(name: string): string
  run(program: string, ...args: string[]): Promise<string>
  remove(): Promise<void>
}

/** Packs the client and makes a project that installs it. */
export async function makeProject(options: {
  /** The folder in `projects` with its sources. */
  sources: 'vite' | 'expo'
  /** Packages in addition to those of every project. */
  dependencies: Record<string, string>
  overrides?: Record<string, string>
}): Promise<OutsideProject> {
  const home = await mkdtemp(join(tmpdir(), `tollgate-${options.sources}-`))
  const beside = (name: string) => join(home, name)
  const directory = beside('project')
  const tarballs = await packPublished(beside('pack'), TARBALLS)
  await mkdir(directory, { recursive: true })
  await cp(join(PROJECTS, options.sources), directory, { recursive: true })
  // The published declarations of our procedures; a team's own types come from its router.
  await run('node', ['--import', 'tsx', 'declarations/build.ts', join(directory, 'router.d.ts')], {
    cwd: join(ROOT, 'packages/api'),
  })
  const dependencies = { ...DEPENDENCIES, ...options.dependencies }
  const manifest = {
    name: 'outside',
    private: true,
    type: 'module',
    overrides: options.overrides ?? {},
    dependencies: {
      ...Object.fromEntries(tarballs.map(({ name, file }) => [name, `file:${file}`])),
      ...dependencies,
    },
  }
  await writeFile(join(directory, 'package.json'), JSON.stringify(manifest))
  await run('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline'], { cwd: directory })
  return {
    directory,
    beside,
    remove: () => rm(home, { recursive: true, force: true }),
    async run(program, ...args) {
      const path = program === 'node' ? program : join(directory, 'node_modules/.bin', program)
      const { stdout } = await run(path, args, { cwd: directory, env: environmentOutside() }).catch(
        (error: unknown) => {
          throw new Error(`${program} ${args.join(' ')} failed:\n${outputOf(error)}`)
        },
      )
      return stdout
    },
  }
}

function outputOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return String(error)
  return ['stdout', 'stderr']
    .map((stream) => (stream in error ? String(Reflect.get(error, stream)) : ''))
    .join('\n')
}
