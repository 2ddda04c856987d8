import { execFile } from 'node:child_process'
import { cp, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { environmentOutside } from './config.ts'

const run = promisify(execFile)
const PROJECTS = join(import.meta.dirname, 'projects')

/** A team's project as it would be anywhere else: npm, the tarball and what it asks for. */
export async function makeProject(options: {
  directory: string
  /** The folder of `projects` with its sources. */
  sources: 'vite' | 'expo'
  tarball: string
  dependencies: Record<string, string>
  overrides?: Record<string, string>
}): Promise<{ run(program: string, ...args: string[]): Promise<string> }> {
  const { directory, tarball, dependencies } = options
  await mkdir(directory, { recursive: true })
  await cp(join(PROJECTS, options.sources), directory, { recursive: true })
  const manifest = {
    name: 'outside',
    private: true,
    type: 'module',
    overrides: options.overrides ?? {},
    dependencies: { '@tollgate/client': `file:${tarball}`, ...dependencies },
  }
  await writeFile(join(directory, 'package.json'), JSON.stringify(manifest))
  await run('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline'], { cwd: directory })
  return {
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
